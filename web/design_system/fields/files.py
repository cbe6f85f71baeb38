"""A file from one's own device."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from web.design_system import words
from web.design_system.fields.base import Shown


class UploadField(Shown, forms.FileField):
    """A file. `accept` is a list of endings (".pdf"), shown by the browser's chooser; `most` is in bytes.

    The endings help to choose; whether the bytes are what the name says is a rule of papers, asked by the door.
    """

    template = "design_system/fields/upload.jinja"
    verb = "Choose"

    def __init__(self, *, accept: tuple[str, ...] = (), most: int | None = None, **options: Any) -> None:
        self.accept, self.most = accept, most
        super().__init__(**options)
        self.error_messages["empty"] = "The file is empty. Choose another"

    def to_python(self, data: Any) -> UploadedFile | None:
        """The file; raises ValidationError when it is empty or larger than `most`."""
        file = cast("UploadedFile | None", super().to_python(data))
        if file and self.most and (file.size or 0) > self.most:
            size, most = words.filesize(file.size or 0), words.filesize(self.most)
            raise ValidationError(f"{file.name} is {size}. A file can be {most} at most", code="size")
        return file

    def shown(self, value: Any) -> str:
        """The file's name and size."""
        return f"{value.name} ({words.filesize(value.size)})" if value else super().shown(value)
