"""EMR: SPM6xx."""
