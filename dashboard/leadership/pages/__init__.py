"""Pages: a slug of the registry names its module here."""
