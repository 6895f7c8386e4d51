"""Figures of the pages of stage 5: networks that learn."""
