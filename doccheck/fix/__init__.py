"""What --fix writes."""
