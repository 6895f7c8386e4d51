"""What is done to each page: maths, figures, plots, the map, what it gives away."""
