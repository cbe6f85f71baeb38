"""A page as a PDF, where WeasyPrint and the libraries that it draws with are installed; it is an optional extra."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

STYLES = ("nhsuk/nhsuk-frontend.min.css", "app.css")


def pdf_of(page: Callable[[], str]) -> bytes | None:
    """The page as a PDF; None where this machine cannot make one, and then the page is not asked for."""
    try:
        weasyprint: Any = import_module("weasyprint")
    except (ImportError, OSError):  # the package is not there, or not what it draws with
        return None
    nothing = weasyprint.urls.URLFetcher(allowed_protocols=())  # nothing on a page can make the server ask for an address
    styles = [weasyprint.CSS(string=Path(str(finders.find(name))).read_text(), url_fetcher=nothing) for name in STYLES]
    return bytes(weasyprint.HTML(string=page(), url_fetcher=nothing).write_pdf(stylesheets=styles))
