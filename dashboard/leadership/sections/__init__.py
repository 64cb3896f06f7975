"""Sections of pages: what a page is made of when one file would be too long, and what several pages share."""
