"""The wheel's words: read them, and word a new edition."""
