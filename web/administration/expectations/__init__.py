"""Vem gör vad, as the municipality words it."""
