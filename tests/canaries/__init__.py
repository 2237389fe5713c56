"""I13: what is of a person stays on the pages of those who may read it."""
