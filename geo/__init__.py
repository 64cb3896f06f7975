"""Outlines, place facts, datum conversion, town areas and point → town; knows neither Plotly nor SQL."""
