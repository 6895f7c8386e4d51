"""Figures of stage 2, steps 11-24."""
