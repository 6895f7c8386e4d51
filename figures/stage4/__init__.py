"""Figures of the pages of stage 4: networks that learn."""
