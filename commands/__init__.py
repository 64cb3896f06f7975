"""Commands of app.py that are more than a call: one module each, registered there."""
