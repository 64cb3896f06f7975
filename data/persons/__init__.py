"""What is known of single members, for the roles that may see persons: looked up on demand, each look on record."""
