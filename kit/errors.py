"""What the domain says when it can't do as asked. One middleware turns it into a page."""


class Refused(Exception):
    """An action on something readable that the rules don't allow.

    ``reason`` is said to people and tells what to do instead. ``code`` is the
    policy's reason, for the audit; empty where it was not the policy that refused.
    ``field`` names the form field that it is about; empty where it is about no single one.
    """

    def __init__(self, reason: str, *, code: str = "", field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.field = field


class Conflict(Exception):
    """Somebody else saved first; nothing was overwritten.

    ``theirs`` says who and when.
    """

    def __init__(self, theirs: str) -> None:
        super().__init__(theirs)
        self.theirs = theirs
