"""Heartbeats and timeouts: SPM8xx."""
