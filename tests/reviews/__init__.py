"""The monthly review of a unit's log."""
