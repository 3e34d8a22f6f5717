"""Keys, values, layers: SPM7xx."""
