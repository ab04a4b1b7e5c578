"""A definition worked out for use, so that every question a move asks is answered once."""
