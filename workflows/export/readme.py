"""What lies beside an exported record, in plain words: what it is, how to check it, what nobody can see from it."""

from __future__ import annotations

from typing import Any

TEXT = """\
The record of {reference}, {title}
{organisation} ({ods_code})
Taken out by {by} on {at}, for: {to}

WHAT THIS IS
Everything that was done on this case, in order: who did it, when, acting as what, and why. Each act has a seal that is made
of all that it says, of the rows that it wrote and of the seal before it. A change to any of it breaks the seals after it.

HOW TO CHECK IT
You need Python 3.9 or newer, and nothing else. You need no network and nothing of ours.

    python3 verify_record.py

It says in plain words what was cut, altered, added or put in another order. It ends with 0 when all is well, with 1 when
something does not hold, with 2 when it cannot be checked. It also goes through every stage that the case was in, by the rules
of the process as they were then, and counts again that lay partners answered where the rules need them.

With a daily anchor, a small file of the organisation that is kept somewhere else, it checks more:

    python3 verify_record.py --anchor FILE

WHAT IS HERE
events.jsonl        every act, one a line
history.jsonl       every version of every fact that the acts changed
statements.jsonl    what is said once and never changed: answers, comments, declarations
papers.jsonl        every version of every paper by its SHA-256; not its text
definitions.jsonl   the rules of the process
tables/             the same as tables, to open in a spreadsheet
manifest.json       every file with its size and SHA-256, and the last seal of the chain
verify_record.py    the program that checks all this; read it, it is short

If somebody gives you a paper, compare it: its SHA-256 must be the one in tables/papers.csv.

WHAT IS NOT HERE
The text of papers. What is held back from lay partners, and what the law protects. Drafts that were never released. Personal
details of partners. What is held back has kept its place and its seal, so you see how much it is, and it can be compared if
you are given it.

WHAT NOBODY CAN SEE FROM THIS ALONE
Whether all of it, with every seal, was written anew before it was given to you. For that you need an anchor from before, or
the last seal from somebody who noted it on the day:

    {seq} {digest}
"""


def readme(manifest: dict[str, Any]) -> str:
    """The text of README.txt."""
    return TEXT.format(**manifest["case"], **manifest["exported"], **manifest["chain"])
