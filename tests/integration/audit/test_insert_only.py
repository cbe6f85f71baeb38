"""Insert-only facts: stated once, within an act, never changed."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from audit.append_only import AppendOnly
from audit.models import Event
from audit.record import NoAct
from audit.verify import verify_chains
from tests.ledgerbook.acts import a_book, an_act_is_done
from tests.ledgerbook.models import Book, Remark

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Book:
    return a_book()


@pytest.fixture
def remark(book: Book) -> Remark:
    remark = Remark(case=book, words="Long.")
    with an_act_is_done(case_id=book.pk):
        remark.save()
    return remark


def test_a_remark_is_tied_to_the_event_that_admits_to_it(remark: Remark) -> None:
    event = Event.objects.get(pk=remark.event_id)

    assert [entry[:2] for entry in event.rows] == [["ledgerbook.remark", str(remark.pk)]]


def test_several_are_added_with_one_statement(book: Book, django_assert_num_queries: Any) -> None:
    with an_act_is_done(case_id=book.pk) as act, django_assert_num_queries(1):
        made = Remark.objects.insert(Remark(case=book, words=words) for words in ("Long.", "Dear."))

    assert act.event is not None
    assert [entry[1] for entry in act.event.rows] == [str(remark.pk) for remark in made]
    assert set(Remark.objects.values_list("event_id", flat=True)) == {act.event_id}


def test_nothing_is_added_without_an_act(book: Book) -> None:
    with pytest.raises(NoAct):
        Remark(case=book, words="Long.").save()
    with pytest.raises(NoAct):
        Remark.objects.insert([Remark(case=book, words="Long.")])
    with pytest.raises(NoAct):
        Remark.objects.create(case=book, words="Long.")

    assert not Remark.objects.exists()


def test_it_is_never_changed_or_removed(remark: Remark, book: Book) -> None:
    remark.words = "Forged."
    for attempt in (
        remark.save,
        lambda: remark.save(update_fields=["words"]),
        lambda: remark.save(force_update=True),
        remark.delete,
        lambda: Remark.objects.update(words="Forged."),
        lambda: book.remarks.update(words="Forged."),
        lambda: Remark.objects.filter(words="Long.").delete(),
        lambda: Remark.objects.bulk_update([remark], ["words"]),
        lambda: Remark.objects.bulk_create([Remark(case=book, words="Unseen.")]),
    ):
        with pytest.raises(AppendOnly, match=r"remark is append-only.*Record a new fact"), an_act_is_done(case_id=book.pk):
            attempt()

    assert Remark.objects.get().words == "Long."


def test_a_file_is_evidence_by_its_name(book: Book, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path

    with an_act_is_done(case_id=book.pk):
        Remark(case=book, words="Heard.", recording=ContentFile(b"sound", name="remark.txt")).save()

    assert Remark.objects.get().recording.name == "remark.txt"
    assert verify_chains().is_sound


def test_what_is_done_to_the_object_after_it_was_stored_does_not_count(book: Book) -> None:
    with an_act_is_done(case_id=book.pk):
        remark = Remark(case=book, words="Long.")
        remark.save()
        remark.words = "Only in memory."

    assert verify_chains().is_sound
