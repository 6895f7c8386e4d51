"""Code of the tracks: ways into the subject beside the sixty steps. No stage uses it."""
