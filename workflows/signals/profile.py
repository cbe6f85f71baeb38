"""Whether partners are like the people of the area, in broad groups (T23). Totals only, and none from which one could be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from cases.models import Profile
from workflows.doors.profile import UNDER, Broad, broad_groups, hidden_in
from workflows.signals.asked import Asked, Found, Stretch, together
from workflows.signals.signal import Measured, Signal, Thresholds, Unit, add


def unlike(asked: Asked) -> Found:
    """The share of partners who would have to belong to other groups for all to be alike, in the theme where that is most.

    Of each theme the totals that were written down last before the span ended. Groups whose count is hidden are put together;
    where even together they are under five, nothing is said of that theme. One statement.
    """
    written: dict[UUID, list[Profile]] = defaultdict(list)
    for row in Profile.objects.filter(asked.of(), at__lt=asked.whole.until).order_by("at", "id"):
        written[row.organisation_id].append(row)
    return asked.each(lambda key, stretch: _unlike(_latest(written.get(key[0], ()), stretch)))


def _unlike(latest: Sequence[Sequence[Broad]]) -> Measured:
    told = [one for groups in latest if (one := _gap(groups)) is not None]
    beside = (("themes counted", len(latest)), ("of these, with too few in a group to say", len(latest) - len(told)))
    if not told:
        return Measured(0, 0, None, others=beside)
    gap, partners = max(told)
    return Measured(round(gap * partners), partners, gap, others=beside)


def _latest(written: Sequence[Profile], stretch: Stretch) -> list[list[Broad]]:
    by_theme = {row.theme: row for row in written if row.at < stretch.until}
    return [broad_groups(one) for one in by_theme.values()]


def _gap(groups: Sequence[Broad]) -> tuple[float, int] | None:
    """Half the sum of the differences between the two shares of each group, 0 to 1, and of how many partners."""
    hidden = hidden_in(groups)
    cells = [(one.partners, one.people) for one in groups if one.name not in hidden]
    if hidden:
        rest = [one for one in groups if one.name in hidden]
        cells.append((sum(one.partners for one in rest), sum(one.people for one in rest)))
    partners, people = sum(one for one, _ in cells), sum(one for _, one in cells)
    if not cells or min(one for one, _ in cells) < UNDER:
        return None
    return sum(abs(one / partners - other / people) for one, other in cells) / 2, partners


add(Signal(
    code="T23", title="Unlike the people we serve",
    counts="Partners who would have to belong to other groups for partners to be like the people of the area",
    of="Partners counted, in the theme where that is most",
    why="Where partners are all alike, what others live through is not spoken of.",
    beware="Nobody speaks for a group. No partner has to be like anybody: it is for those who ask to ask more widely.",
    unit=Unit.SHARE, thresholds=Thresholds(None, None), measure=together(unlike),
    source="Equality and diversity are seldom looked at (Ocloo and Matthews 2016).",
))  # fmt: skip
