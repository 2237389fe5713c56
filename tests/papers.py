"""What stands on a paper that the program makes."""

from __future__ import annotations

import io

import pypdfium2  # type: ignore[import-untyped]


def paper_text(pdf: bytes) -> str:
    """Page after page; a word that is divided at the end of a line stays one word."""
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_range() for page in pages).replace("\ufffe", "")
