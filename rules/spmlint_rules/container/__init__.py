"""Containers: overhead, PySpark, off-heap, tmpfs: SPM2xx."""
