"""What Spark does with a configuration: pure functions of settings and a range of releases, without any I/O."""
