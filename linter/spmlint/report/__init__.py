"""A Report written for its reader: one format a module, each with ``write(report, stream)``."""
