"""The demo county: eight municipalities, all persons invented, the same for the same seed and day.

``county.build`` makes every row in memory from a seed, a day and a password hash, and touches no
database; ``writing.write`` stores the rows as the loader. Periods are computed with
``access.policy``, as the services do, so that a stored period is never a wish.
"""

SEED = "kronoberg"
