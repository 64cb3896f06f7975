"""Jobs of taking away: what was asked for, how far it is, and the one-time right to print a page."""
