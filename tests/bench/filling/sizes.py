"""How much there is in each set of data. The national one is the arithmetic of a host for all of England over the years."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """How many of each there are. `waiting`: cases that stand open with a group whose answers are asked for."""

    name: str
    cases: int
    organisations: int
    staff: int
    partners: int
    waiting: int

    @property
    def database(self) -> str:
        """The name of its database."""
        return f"parity_{self.name}"


SIZES = {
    size.name: size
    for size in (
        Size("tiny", cases=60, organisations=3, staff=150, partners=24, waiting=10),
        Size("small", cases=10_000, organisations=26, staff=5_000, partners=200, waiting=3_000),
        Size("medium", cases=100_000, organisations=100, staff=20_000, partners=400, waiting=3_600),
        Size("national", cases=1_000_000, organisations=260, staff=50_000, partners=1_000, waiting=4_000),
    )
}
"""By name. "tiny" is what the tests of the filling use."""
