"""Accounts of the leadership pages: who may log in, sessions, and the audit nobody can change."""
