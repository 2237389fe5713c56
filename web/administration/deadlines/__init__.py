"""Deadlines, as the municipality sets them."""
