"""What people have read, section by section: what no program can judge can at least not change unseen."""
