"""The terms of an agreement: who must have answered, and how many must be for. `agreement` counts them."""

from __future__ import annotations

from dataclasses import dataclass

from permissions.roles import Role


@dataclass(frozen=True)
class Every:
    """Everyone seated in this role has answered or lapsed."""

    who: Role


@dataclass(frozen=True)
class AtLeast:
    """At least `count` seats of this role are for."""

    count: int
    who: Role


Term = Every | AtLeast


@dataclass(frozen=True)
class Agreement:
    """Terms that must all hold, joined by `&`."""

    terms: tuple[Term, ...]

    def __and__(self, other: Agreement) -> Agreement:
        return Agreement(self.terms + other.terms)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Every role that is asked, in the order written, once."""
        return tuple(dict.fromkeys(term.who for term in self.terms))

    @property
    def lay_roles(self) -> tuple[Role, ...]:
        return tuple(role for role in self.roles if role.lay)

    @property
    def lay_required(self) -> bool:
        """True when the agreement cannot be reached without lay people."""
        return bool(self.lay_roles)


def every(who: Role) -> Agreement:
    """Everyone seated as `who` must have answered."""
    return Agreement((Every(who),))


def at_least(count: int, who: Role) -> Agreement:
    """At least `count` people seated as `who` must be for."""
    return Agreement((AtLeast(count, who),))
