"""Fetches the NHS.UK frontend's compiled styles, script and icons, and fits them to be served from our own address.

A maintainer runs `python -m web.design_system.refresh_assets` after raising NHSUK_FRONTEND; it needs `npm`. What it writes under
`web/static/nhsuk` is committed, so nobody else needs Node. The version must be the one that `nhsuk-frontend-jinja` was ported from.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

NHSUK_FRONTEND = "10.6.1"
STATIC = Path(__file__).resolve().parents[1] / "static" / "nhsuk"
RECORD = STATIC / "version.json"

_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_SOURCE_MAP = re.compile(r"(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")


def fitted_styles(css: str) -> str:
    """The styles with icons found beside them and no web font.

    Frutiger is licensed to NHS sites only and would be asked of another host; without it the stack falls back to Arial.
    """
    return _SOURCE_MAP.sub("", _FONT_FACE.sub("", css).replace("url(/assets/", "url(assets/"))


def fitted_script(js: str) -> str:
    """The script without its pointer to a source map that we do not serve."""
    return _SOURCE_MAP.sub("", js)


def digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file under `folder` but the record itself, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != RECORD.name)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def refresh() -> None:
    """Replaces everything under STATIC and writes the record of what it is; raises CalledProcessError when npm fails."""
    with tempfile.TemporaryDirectory() as folder:
        _write(_unpacked(Path(folder)) / "dist" / "nhsuk")
    record = {"package": "nhsuk-frontend", "version": NHSUK_FRONTEND, "licence": "MIT", "sha256": digests(STATIC)}
    RECORD.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def _unpacked(folder: Path) -> Path:
    packed = ["npm", "pack", "--silent", f"nhsuk-frontend@{NHSUK_FRONTEND}"]
    subprocess.run(packed, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    shutil.unpack_archive(next(folder.glob("*.tgz")), folder, filter="data")
    return folder / "package"


def _write(dist: Path) -> None:
    shutil.rmtree(STATIC, ignore_errors=True)
    STATIC.mkdir(parents=True)
    styles = (dist / "nhsuk-frontend.min.css").read_text(encoding="utf-8")
    (STATIC / "nhsuk-frontend.min.css").write_text(fitted_styles(styles), encoding="utf-8")
    script = (dist / "nhsuk-frontend.min.js").read_text(encoding="utf-8")
    (STATIC / "nhsuk-frontend.min.js").write_text(fitted_script(script), encoding="utf-8")
    shutil.copytree(dist / "assets" / "images", STATIC / "assets" / "images")


if __name__ == "__main__":
    refresh()
