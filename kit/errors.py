"""What the domain says when it can't do as asked. One middleware turns it into a page."""


class Refused(Exception):
    """An action on something readable that the rules don't allow.

    ``reason`` is plain Swedish and says what to do instead.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Conflict(Exception):
    """Somebody else saved first; nothing was overwritten.

    ``theirs`` says who and when in plain Swedish.
    """

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs
