"""Rules of change by topic, merged in `data.projection.changes`."""
