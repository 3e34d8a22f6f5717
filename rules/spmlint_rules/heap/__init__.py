"""Heaps and memory regions: SPM1xx."""
