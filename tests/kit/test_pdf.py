"""The plan as PDF/UA-1, drawn without asking anyone for anything."""

import io

import pikepdf
import pytest
from django.utils import translation

from kit import pdf
from kit.components_demo import pdf_context


@pytest.fixture(scope="module")
def plan() -> bytes:
    with translation.override("sv"):
        return pdf.render("pdf/plan.html", pdf_context())


def page(body: str) -> str:
    """A whole document around a piece of HTML."""
    return f'<html lang="sv"><head><title>x</title></head><body><h1>x</h1>{body}</body></html>'


def tags(document: pikepdf.Pdf) -> list[tuple[str, str]]:
    """(name, alternative text) of every element of the structure tree."""
    waiting, found = [document.Root.StructTreeRoot.K], []
    while waiting:
        here = waiting.pop()
        if isinstance(here, pikepdf.Array):
            waiting.extend(here)
        elif isinstance(here, pikepdf.Dictionary) and "/S" in here:
            found.append((str(here.S), str(here.get("/Alt", ""))))
            if "/K" in here:
                waiting.append(here.K)
    return found


def test_it_is_tagged_and_says_its_language_and_title(plan: bytes) -> None:
    with pikepdf.open(io.BytesIO(plan)) as document:
        root = document.Root
        assert str(root.Lang) == "sv"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == "Milos plan"
        assert document.open_metadata()["pdfuaid:part"] == "1"
        found = tags(document)
    names = [name for name, _ in found]
    assert names.count("/H1") == 1
    assert "/TH" in names
    assert "/L" in names
    figures = [alternative for name, alternative in found if name == "/Figure"]
    assert len(figures) == 1
    assert "Utvecklas: 3, förra gången 2." in figures[0]


def test_only_noto_is_embedded(plan: bytes) -> None:
    with pikepdf.open(io.BytesIO(plan)) as document:
        fonts = {
            str(o.BaseFont)
            for o in document.objects
            if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o
        }
    assert fonts
    assert all("Noto-Sans" in name for name in fonts)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/x.png",
        "file:///etc/passwd",
        "/etc/passwd",
        "/static/../barnensbasta/settings/base.py",
        "/static/no-such-file.png",
        "//example.com/x.png",
        "data:image/png;base64,AAAA",
    ],
)
def test_nothing_but_our_own_static_files_can_be_used(address: str) -> None:
    html = page(f'<img alt="x" src="{address}">')
    with pytest.raises(pdf.PdfError):
        pdf.from_html(html)


def test_our_own_static_files_can() -> None:
    html = page('<img alt="Märke" src="/static/icons/mark.svg">')
    assert pdf.from_html(html).startswith(b"%PDF")


def test_an_error_that_weasyprint_only_logs_is_an_error() -> None:
    html = page('<img alt="" src="/static/icons/mark.svg">')
    with pytest.raises(pdf.PdfError):
        pdf.from_html(html)
