"""What a page gives away."""
