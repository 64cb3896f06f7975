"""Trace: from a measure of a branch or a subtree in a month down to the source rows, counted and left out."""
