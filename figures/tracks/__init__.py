"""Figures of the tracks beside the steps."""
