"""How far each chain has got, noted apart from it: read against the chains, so that a newest event is missed when it is gone."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef

from audit.damaged import PAGE
from audit.models import ChainHead, Event
from audit.rows import label

HEADS = label(ChainHead)


def wrong_heads(case_id: UUID | None) -> Iterator[tuple[str, str]]:
    """Chains that do not end where it was noted, as (chain, what is wrong). An act that goes on meanwhile moves both at once."""
    heads, events = ChainHead.objects.all(), Event.objects.all()
    if case_id is not None:
        heads, events = heads.filter(chain=f"case:{case_id}"), events.filter(case_id=case_id)
    of_chain = Event.objects.filter(chain=OuterRef("chain"))
    there = of_chain.filter(seq=OuterRef("seq"), digest=OuterRef("digest"))
    for head in heads.filter(~Exists(there)).iterator(chunk_size=PAGE):
        yield head.chain, f"its newest event, number {head.seq}, is gone, or is not as it was"
    for head in heads.filter(Exists(of_chain.filter(seq__gt=OuterRef("seq")))).iterator(chunk_size=PAGE):
        yield head.chain, f"events were added after number {head.seq}, and nothing noted them"
    noted = Exists(ChainHead.objects.filter(chain=OuterRef("chain")))
    for chain in events.filter(~noted, seq=1).values_list("chain", flat=True).iterator(chunk_size=PAGE):
        yield chain, "the note of how far it has got is gone"
