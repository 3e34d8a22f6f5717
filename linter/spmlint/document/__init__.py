"""Bytes to documents whose every key and value knows its place in the file."""
