"""Tests of the drawings: each draws, says nothing in words, stays in its box, and is the same each time."""
