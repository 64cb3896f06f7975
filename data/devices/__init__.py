"""Walls and kiosks: let in by a code they show, known by a token that can be revoked, heard of by their reports."""
