"""Who proposes that a colleague has a role in a unit, and who confirms it."""
