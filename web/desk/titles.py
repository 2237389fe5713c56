"""Titles at work are Swedish words in whatever language the page is, and bend as such."""

_NEUTER = ("biträde", "ombud", "stöd", "råd")


def definite(title: str) -> str:
    """A Swedish title in the definite form: logoped → logopeden, sjuksköterska → sjuksköterskan."""
    if not title or not title[-1].isalpha() or not title[-1].islower():
        return title
    if title.endswith(_NEUTER):
        return f"{title}t" if title.endswith("e") else f"{title}et"
    return f"{title}n" if title.endswith(("a", "e", "or", "er", "el", "ar")) else f"{title}en"
