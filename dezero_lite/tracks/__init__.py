"""Code of the tracks: ways into the subject apart from the sixty steps. No stage uses it."""
