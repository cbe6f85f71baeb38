"""PDFs for tests, written byte by byte: pages of words or of a picture, and what a hostile one does."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable

from pypdf import PdfReader, PdfWriter

FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def a_pdf(*pages: str, picture: bool = False, streams: Iterable[bytes] = ()) -> bytes:
    """A PDF with these words a page; an empty page shows a picture where `picture`. `streams`: packed contents instead."""
    contents = list(streams) or [zlib.compress(_drawing(words)) for words in pages]
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(contents)}/Kids[{kids}]>>".encode(), FONT.encode()]
    for at, packed in enumerate(contents):
        shown = "/XObject<</I 3 0 R>>" if picture else ""
        resources = f"<</Font<</F 3 0 R>>{shown}>>"
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources{resources}/Contents {5 + 2 * at} 0 R>>".encode(),
            f"<</Length {len(packed)}/Filter/FlateDecode>>stream\n".encode() + packed + b"\nendstream",
        ]
    return _written(objects)


def _drawing(words: str) -> bytes:
    shown = "".join(f"({line}) Tj 0 -14 Td " for line in words.splitlines())
    return (f"BT /F 12 Tf 72 720 Td {shown}ET" if words else "").encode()


def _written(objects: list[bytes]) -> bytes:
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj" % number + body + b"endobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def changed(data: bytes, password: str | None = None, attached: bool = False, **properties: str) -> bytes:
    """The same PDF with properties, a file attached inside, or a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    if attached:
        writer.add_attachment("list.txt", b"943 476 5919")
    if password is not None:
        writer.encrypt(user_password=password, owner_password="the owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
