"""The indicator catalogue: from measures to values, scores, lights and radar axes; pure array arithmetic."""
