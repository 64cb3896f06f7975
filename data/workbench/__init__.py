"""What people do about warnings: acknowledged, assigned, commented, closed; beside the read model, never in it."""
