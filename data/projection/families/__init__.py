"""Families of measures: each counts the cells of a block by grouping its tables in the operational engine."""
