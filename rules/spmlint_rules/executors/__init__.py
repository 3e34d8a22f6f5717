"""Executors and dynamic allocation: SPM4xx."""
