"""Whole stages as one page for paper, and all of them as a PDF."""
