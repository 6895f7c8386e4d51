"""Every word that the site itself says."""
