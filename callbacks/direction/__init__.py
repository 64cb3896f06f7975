"""Walls that follow one step: what they ask, who lets them in, what they report; and the director who leads them."""
