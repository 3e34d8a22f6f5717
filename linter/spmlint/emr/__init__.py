"""What Amazon EMR makes of a job: Serverless workers and capacity, releases, YARN's caps on EC2. Pure, no I/O."""
