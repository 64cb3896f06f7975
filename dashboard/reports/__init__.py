"""The documents of the monthly cycle: reports of branches and members, quarterly bulletin, problem list."""
