"""Figures of stage 1, steps 1-10."""
