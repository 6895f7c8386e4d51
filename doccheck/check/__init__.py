"""What is wrong on a page: the list of checks, and a module for each kind."""
