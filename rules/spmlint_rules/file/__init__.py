"""The file itself: SPM9xx."""
