"""The kinds of file that a paper may be, and how a file that is none of them is refused."""

from __future__ import annotations

from enum import Enum


class FileKind(Enum):
    """The kinds of file that a paper may be; the value is stored and is also the ending of the name."""

    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TEXT = "txt"

    @property
    def label(self) -> str:
        """As a person would say it."""
        return _LABELS[self]

    @property
    def media_type(self) -> str:
        """The media type to serve it under."""
        return _MEDIA_TYPES[self]


_LABELS = {
    FileKind.PDF: "PDF",
    FileKind.DOCX: "Word document",
    FileKind.ODT: "OpenDocument text",
    FileKind.TEXT: "plain text",
}
_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.TEXT: "text/plain",
}
ALLOWED = "PDF, Word (.docx), OpenDocument (.odt) or plain text (.txt)"
"""The allowed kinds, as a page names them."""


class UnfitFile(Exception):
    """The file cannot be taken: `reason` says why, `remedy` what to do about it. Both are fit for the screen."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


def not_what_it_says(kind: FileKind) -> UnfitFile:
    """The name claims this kind and the bytes disagree."""
    return UnfitFile(
        f"The name says {kind.label} (.{kind.value}), but the content of the file is something else.",
        f"Open it in the program that made it and save it as {ALLOWED}.",
    )


def is_damaged() -> UnfitFile:
    """The file is of its kind, but cannot be read to its end."""
    return UnfitFile("The file is damaged and cannot be opened.", "Save it again and upload the new copy.")


def has_macros() -> UnfitFile:
    """A paper is read, never run."""
    return UnfitFile("The document holds macros (small programs).", "Save it without macros, as .docx, .odt or PDF.")


def is_protected() -> UnfitFile:
    """A password would keep out the lay members whom the paper is for."""
    return UnfitFile(
        "The document is protected with a password, or is an old Word document (.doc).",
        "Save it as .docx or .odt without a password: access is controlled here.",
    )
