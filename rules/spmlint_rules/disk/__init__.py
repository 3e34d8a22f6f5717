"""Disk, volumes and the capacity that bounds them: SPM3xx."""
