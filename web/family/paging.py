"""Long lists, some rows at a time: ``?sida=2``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from web.request import Request


@dataclass(frozen=True)
class Paging:
    """One page of a list, counted from 1; ``query`` is what else the address holds."""

    number: int
    size: int
    more: bool = False
    query: str = ""

    @classmethod
    def of(cls, request: Request, size: int, query: str = "") -> Paging:
        """The page that the address asks for; the first where it asks for none that can be."""
        asked = request.GET.get("sida", "1")
        number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 1
        return cls(max(number, 1), size, query=query)

    def with_more(self, more: bool) -> Paging:
        """The same, knowing whether there are older rows."""
        return replace(self, more=more)

    @property
    def first(self) -> int:
        """The index of the page's first row."""
        return (self.number - 1) * self.size

    @property
    def older(self) -> str:
        """The address of the next page; empty on the last."""
        return f"?sida={self.number + 1}{self.query}" if self.more else ""

    @property
    def newer(self) -> str:
        """The address of the page before; empty on the first."""
        return f"?sida={self.number - 1}{self.query}" if self.number > 1 else ""
