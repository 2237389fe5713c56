"""From a template to a tagged PDF (PDF/UA-1), without asking the network for anything.

What the HTML must have is written at the top of ``templates/pdf/base.html``. Fonts are the system's Noto
(``fonts-noto-core``): web fonts would be drawn wrongly by WeasyPrint although the text extracts right.
"""

import logging
import mimetypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import weasyprint
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# A base that no server answers to: only paths below /static/ are ever read, and those from disk.
BASE = "https://pdf.invalid"
LOGGER = "weasyprint"


class PdfError(Exception):
    """The PDF could not be made as it should be: WeasyPrint reported an error. Nothing was delivered."""


class Pdf(bytes):
    """A PDF that knows how many pages it has."""

    pages: int

    def __new__(cls, made: bytes, pages: int) -> "Pdf":
        """The bytes, with their number of pages."""
        self = super().__new__(cls, made)
        self.pages = pages
        return self


class OwnFilesOnly(URLFetcher):  # type: ignore[misc] # WeasyPrint carries no types
    """Reads our own static files from disk and refuses everything else: no text can fetch anything."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The static file at ``url``; anything else ends the rendering."""
        parts = urlsplit(url)
        path = unquote(parts.path)
        prefix = urlsplit(settings.STATIC_URL).path
        if f"{parts.scheme}://{parts.netloc}" != BASE or not path.startswith(prefix):
            message = "a PDF may only use our own static files"
            raise FatalURLFetchingError(message)
        found = finders.find(path.removeprefix(prefix))
        if not isinstance(found, str):
            message = f"no static file named {path}"
            raise FatalURLFetchingError(message)
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})


class _Errors(logging.Handler):
    """Collects what WeasyPrint reports as errors: it goes on after them, we do not."""

    def __init__(self) -> None:
        super().__init__(level=logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(record.getMessage())


@contextmanager
def _no_errors() -> Iterator[None]:
    logger = logging.getLogger(LOGGER)
    handler = _Errors()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if handler.lines:
        raise PdfError("; ".join(handler.lines))


def from_html(html: str) -> Pdf:
    """A PDF/UA-1 document. Raises ``PdfError`` when WeasyPrint reports an error or a forbidden address."""
    with _no_errors():
        try:
            source = weasyprint.HTML(string=html, base_url=BASE + "/", url_fetcher=OwnFilesOnly())
            document = source.render(pdf_variant="pdf/ua-1")
            made = Pdf(document.write_pdf(pdf_variant="pdf/ua-1"), len(document.pages))
        except FatalURLFetchingError as error:
            raise PdfError(str(error)) from error
    return made


def render(template: str, context: dict[str, Any]) -> Pdf:
    """The template with its context as a PDF. Style sheets are named by ``{% pdf_style "css/pdf.css" %}``."""
    return from_html(render_to_string(template, context))
