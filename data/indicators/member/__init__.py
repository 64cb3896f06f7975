"""Indicators of members: facts per member and month, their values, points and lights, and the counts per branch.

Persons stay inside: what leaves for the read model everybody sees are counts per branch.
"""
