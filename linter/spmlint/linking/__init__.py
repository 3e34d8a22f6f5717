"""Pieces of files become jobs: what belongs together, which files name each other, and what patches make of objects."""
