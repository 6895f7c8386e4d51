"""The drawings of the pages: one file for each, which says what is to be seen; its numbers come from the package.

Knows neither the site nor what checks the pages: it imports dezero_lite, NumPy and what draws contours.
"""
