"""A reader's own code in the place of the listings: her package is judged by the pages, and never ours."""
