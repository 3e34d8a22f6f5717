"""The place a job will run in: what is written of pods, nodes, namespaces and clusters, and how many executors they hold."""
