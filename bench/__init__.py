"""How long pages take, beside what they can't be quicker than: ``make bench`` (``SCALE=small``).

No test and no part of CI: a figure holds for the machine and the hour in which it was taken, so only
ratios within one run are compared. docs/running.md says how to read them.
"""
