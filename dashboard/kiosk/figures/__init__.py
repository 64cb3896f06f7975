"""Drawings of the kiosk as SVG text."""
