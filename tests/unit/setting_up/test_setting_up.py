"""What a newcomer types first: the scripts that set up Python, packages and a browser succeed, or say in one line what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from tests.rig import browser

ROOT = Path(__file__).parents[3]
MAKE_VENV = ROOT / "requirements" / "make-venv"
TARGETS = ("demo", "run", "test", "test-sqlite", "test-postgresql", "bench", "machines", "check", "fix", "docs", "lock", "clean")
Command = Callable[[str, str], None]


def make(*asked: str, within: Path = ROOT, **also: str) -> subprocess.CompletedProcess[str]:
    """Runs make as from a fresh shell, also when a make runs these tests."""
    alone = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(["make", *asked], cwd=within, env={**alone, **also}, capture_output=True, text=True, check=False)


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """The only folder in which commands are found."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


@pytest.fixture
def command(commands: Path) -> Command:
    """Puts a command there, written in the language of the shell."""

    def put(name: str, body: str) -> None:
        path = commands / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)

    return put


def a_python(version: tuple[int, ...], without: str = "") -> str:
    """A Python that takes itself for another version, lacks a module, and writes down what venv is asked for."""
    stands_for = f"import sys; sys.version_info = {version}; sys.modules.update(dict.fromkeys({without.split()!r}))"
    return f'[ "$1" = -m ] && echo "$*" > made && exit\nexec "{sys.executable}" -c "{stands_for}; $2"'


def make_venv(commands: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(MAKE_VENV)], cwd=commands.parent, env={"PATH": str(commands)}, capture_output=True, text=True, check=False
    )


# A Python


@pytest.mark.parametrize("too_old", [None, (3, 10, 14), (2, 7, 18)], ids=["none", "3.10", "2.7"])
def test_no_python_or_one_that_is_too_old_is_told_in_one_line(
    commands: Path, command: Command, too_old: tuple[int, ...] | None
) -> None:
    if too_old:
        command("python3", a_python(too_old))
    ended = make_venv(commands)
    assert ended.returncode == 1
    assert ended.stderr.startswith("Python 3.11 or newer is needed, and none was found: install it")
    assert ended.stderr.count("\n") == 1
    assert not (commands.parent / "made").exists()


def test_a_newer_python_beside_an_old_one_is_found(commands: Path, command: Command) -> None:
    command("python3", a_python((3, 9, 2)))
    command("python3.12", a_python((3, 12, 1)))
    assert make_venv(commands).returncode == 0
    assert (commands.parent / "made").read_text() == "-m venv --clear .venv\n"


def test_a_python_that_cannot_make_an_environment_names_the_package_that_mends_it(commands: Path, command: Command) -> None:
    command("python3", a_python((3, 11, 2), without="ensurepip"))
    command("id", "echo 1000")
    ended = make_venv(commands)
    assert ended.returncode == 1
    assert ended.stderr == "This Python cannot make virtual environments: apt-get install python3.11-venv\n"
    assert not (commands.parent / "made").exists()


def test_root_on_debian_installs_what_python_lacks(commands: Path, command: Command) -> None:
    command("python3", a_python((3, 11, 2), without="ensurepip"))
    command("id", "echo 0")
    command("apt-get", 'echo "$*" >> installed')
    assert make_venv(commands).returncode == 0
    assert (commands.parent / "installed").read_text().splitlines()[-1] == "-qq install --yes python3.11-venv"
    assert (commands.parent / "made").exists()


# Packages


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """The Makefile in a folder of its own, with an environment that is this one and installs into that folder."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / "requirements").mkdir()
    with zipfile.ZipFile(tmp_path / "parcel-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("parcel.py", "")
        wheel.writestr("parcel-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: parcel\nVersion: 1.0\n")
        wheel.writestr("parcel-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("parcel-1.0.dist-info/RECORD", "parcel.py,,\n")
    return tmp_path


def install(house: Path, line: str) -> subprocess.CompletedProcess[str]:
    (house / "requirements" / "trial.txt").write_text(line + "\n")
    pip = {"PIP_TARGET": str(house / "installed"), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(house)}
    return make(".venv/trial.stamp", within=house, **pip)


def test_a_package_is_installed_whose_hash_is_the_one_in_the_lock(house: Path) -> None:
    right = sha256((house / "parcel-1.0-py3-none-any.whl").read_bytes()).hexdigest()
    ended = install(house, f"parcel==1.0 --hash=sha256:{right}")
    assert ended.returncode == 0, ended.stderr
    assert (house / "installed" / "parcel.py").exists()
    assert (house / ".venv" / "trial.stamp").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"parcel==1.0 --hash=sha256:{'0' * 64}", "DO NOT MATCH THE HASHES"),
        ("parcel==1.0", "Hashes are required"),
    ],
    ids=["another hash", "no hash"],
)
def test_a_package_that_is_not_the_one_that_was_locked_is_not_installed(house: Path, line: str, said: str) -> None:
    ended = install(house, line)
    assert ended.returncode != 0
    assert said in ended.stderr
    assert not (house / "installed").exists()
    assert not (house / ".venv" / "trial.stamp").exists()


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_names_only_files_that_are_there(target: str) -> None:
    """A dry run fails where a prerequisite has no file and no rule."""
    ended = make("--dry-run", target)
    assert ended.returncode == 0, ended.stderr


def test_make_help_lists_every_target() -> None:
    ended = make("help")
    assert [line.split()[1] for line in ended.stdout.splitlines()] == ["help", *TARGETS]


# A browser


def test_without_a_browser_the_journeys_fail_with_one_line_that_says_what_to_install(commands: Path) -> None:
    nowhere = {**os.environ, "PATH": str(commands), browser.CHOSEN: str(commands / "chromium")}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.rig.browser"], cwd=ROOT, env=nowhere, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert ended.stderr == f"{browser.CHOSEN} names {commands / 'chromium'}, which cannot be run.\n"


def test_where_none_is_installed_the_remedy_names_the_package(monkeypatch: pytest.MonkeyPatch, commands: Path) -> None:
    monkeypatch.setenv("PATH", str(commands))
    monkeypatch.delenv(browser.CHOSEN, raising=False)
    monkeypatch.setattr(browser, "MAC_APPLICATIONS", ())
    with pytest.raises(browser.NoBrowser, match="apt-get install chromium"):
        browser.find()
    assert "\n" not in browser.REMEDY
