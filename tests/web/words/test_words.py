"""Short forms are explained wherever people read; the list is there for everybody; user text stays user text."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cases.acronyms import Word
from cases.models import PaperVersion, Term
from tests.web.casework import FORBIDDEN, FOUND, OK, STALE, Casework, hidden, words
from web.design_system.explaining import Explaining
from workflows.doors.words import ask_for_word, record_word

LIST = reverse("words")
OUT = "(patient safety incident investigation)"
TAGS = re.compile(r"<[^>]*>")


def released(work: Casework, summary: str, text: str = "") -> PaperVersion:
    return work.story.walk_to("terms").paper("terms", text, summary=summary)


def send(work: Casework, key: str, address: str, answers: dict[str, Any]) -> Any:
    page = work.client(key).get(address)
    assert page.status_code == OK, words(page)
    return work.client(key).post(address, {**hidden(page), **answers})


def record(work: Casework, short: str = "ABC", **given: str) -> None:
    means = {"stands_for": "acute bed centre", "plain": "Where beds are found.", **given}
    story = work.story
    record_word(organisation=story.trust.organisation, by=story.who("quality"), at=story.at, short=short, **means)


# Where people read


@pytest.mark.proves("R19")
def test_a_short_form_is_written_out_once_on_a_page_and_explained_at_each_use(work: Casework) -> None:
    version = released(work, "The PSII begins. The PSII ends in May.")
    page = work.get("pat", "paper", version=version.pk).content.decode()
    assert html.unescape(TAGS.sub("", page)).count(OUT) == 1
    assert page.count('popovertarget="word-PSII"') == 2
    assert page.count('aria-describedby="word-PSII"') == 2
    assert page.count('id="word-PSII" popover') == 1
    assert "It asks how and why, and blames nobody." in page


def test_somebodys_own_words_stay_as_they_are_and_are_explained_beside(work: Casework) -> None:
    version = released(work, "We look at why help came late.")
    work.send("pat", "comment", {"text": "What did the AAR find?"}, version=version.pk)
    shown = words(work.get("lead", "paper", version=version.pk))
    assert "What did the AAR find?" in shown
    assert "AAR means after action review." in shown


def test_what_is_added_to_a_paper_is_marked_as_added(work: Casework) -> None:
    version = released(work, "We look at why.", "The PSII of May.\nIt is a PSII.")
    shown = words(work.get("pat", "paper_read", version=version.pk))
    assert f"The PSII {OUT} of May." in shown
    assert "That is not in the file." in shown
    again = released_again(work, "Nothing to explain here.")
    assert "That is not in the file." not in words(work.get("pat", "paper_read", version=again.pk))


def released_again(work: Casework, text: str) -> PaperVersion:
    return work.story.paper("terms", text)


def test_the_words_are_asked_for_once_a_page_and_only_where_something_may_need_them(work: Casework) -> None:
    version = released(work, "We look at why help came late.")
    plain = work.statements("pat", "paper", version=version.pk)
    short = released_again(work, "Of May.")
    PaperVersion.objects.get(pk=short.pk)
    version = work.story.paper("terms", summary="The PSII, the AAR and the ICB. The PSII.")
    assert work.statements("pat", "paper", version=version.pk) <= plain + 1


def test_another_trusts_words_are_not_ours(work: Casework) -> None:
    version = released(work, "The ABC is new.")
    assert "word-ABC" not in work.get("pat", "paper", version=version.pk).content.decode()
    record(work)
    assert "ABC (acute bed centre) is new." in words(work.get("pat", "paper", version=version.pk))


class Known(Explaining):
    """A page whose words are given."""

    def __init__(self, *known: Word) -> None:
        self._words, self.used, self.written_out = list(known), {}, set()


HOSTILE = Word("A<B", "an <i>attack</i> & more", '"><script>alert(1)</script>')


@given(st.lists(st.sampled_from(["PSII", "A<B", "<b>", "&amp;", "'", '"', "</button>", " ", "\n", "x", "{{", "}"]), max_size=12))
def test_user_text_stays_user_text(parts: list[str]) -> None:
    text = "".join(parts)
    page = Known(Word("PSII", "a <b>look</b>", "plain"), HOSTILE)
    kept, notes = page.explained(text, kept=True), page.notes()
    assert html.unescape(TAGS.sub("", kept)) == text
    assert set(re.findall(r"<(/?\w+)", kept)) <= {"button", "/button"}
    assert set(re.findall(r"<(/?\w+)", page.explained(text))) <= {"button", "/button", "span", "/span"}
    assert "<script" not in notes
    assert set(re.findall(r'id="([^"]*)"', notes)) == set(re.findall(r'popovertarget="([^"]*)"', kept))


@given(st.text(max_size=80))
def test_a_text_without_short_forms_is_only_escaped(text: str) -> None:
    assert html.unescape(str(Known().explained(text))) == text


# While somebody writes


@pytest.mark.proves("R19")
def test_an_author_is_told_of_short_forms_that_nobody_explains(work: Casework) -> None:
    draft = work.story.walk_to("terms").paper("terms", "The XYZ of May.", release=False)
    answers = {"plain_summary": "The ABC and the QRS meet, and the PSII begins.", "look": "on"}
    shown = words(work.send("lead", "paper_release", answers, version=draft.pk))
    assert "These short forms are not in your words list: ABC, QRS. Write them out, or add them to the list" in shown
    assert "Short forms in the file that your words list does not explain: XYZ." in shown
    record(work)
    shown = words(work.send("lead", "paper_release", answers, version=draft.pk))
    assert "This short form is not in your words list: QRS. Write it out" in shown


def test_it_is_advice_and_the_paper_is_released_all_the_same(work: Casework) -> None:
    draft = work.story.walk_to("terms").paper("terms", "The XYZ.", release=False)
    given = {"plain_summary": "The ABC meets.", "lay_reads": "same", "identifies": "no"}
    assert work.send("lead", "paper_release", given, version=draft.pk).status_code == FOUND
    assert work.story.look.latest_released("terms") == draft


# The list


def test_everybody_finds_the_list_at_the_foot_of_a_page_and_searches_it(work: Casework) -> None:
    assert f'href="{LIST}"' in work.client("pat").get("/").content.decode()
    everything = words(work.client("pat").get(LIST))
    assert "PSII: patient safety incident investigation" in everything
    assert "Change" not in everything
    found = words(work.client("pat").get(f"{LIST}?q=OMBUDS"))
    assert "1 word found" in found
    assert "PHSO" in found
    assert "PSII:" not in found
    assert "No word fits." in words(work.client("pat").get(f"{LIST}?q=<zzz>"))


def test_a_partner_asks_and_the_quality_team_writes_it_down(work: Casework) -> None:
    sent = send(work, "pat", f"{reverse('word_ask')}?word=ABC", {"short": "ABC", "met": "In the terms"})
    assert sent["Location"] == LIST
    assert "You asked what ABC means." in words(work.client("pat").get(LIST))
    assert "They met it here: In the terms." in words(work.client("quality").get(LIST))
    write = f"{reverse('word_write')}?word=ABC"
    assert "Pat Mercer asked for it." in words(work.client("quality").get(write))
    refused = send(work, "quality", write, {"short": "abc", "stands_for": "x y", "plain": "Beds."})
    assert "A short form has two capitals and no space" in words(refused)
    send(work, "quality", write, {"short": "ABC", "stands_for": "acute bed centre", "plain": "Where beds are found."})
    assert "ABC: acute bed centre" in words(work.client("pat").get(LIST))
    assert LIST in work.client("pat").get(reverse("notices")).content.decode()


def test_a_word_is_taken_out_and_the_list_says_why(work: Casework) -> None:
    retire = reverse("word_retire", args=("PSII",))
    assert "It says now: patient safety incident investigation." in words(work.client("lead").get(retire))
    send(work, "lead", retire, {"why": "We say it in full."})
    shown = words(work.client("pat").get(LIST))
    assert "PSII: patient safety" not in shown
    assert "PSII: not used any more" in shown
    assert "We say it in full." in shown
    assert work.client("lead").get(retire).status_code == STALE


def test_a_word_that_is_not_added_says_why(work: Casework) -> None:
    ask_for_word(organisation=work.story.trust.organisation, by=work.story.who("pat"), at=timezone.now(), short="ABC")
    decline = reverse("word_decline", args=("ABC",))
    assert work.client("pat").get(decline).status_code == FORBIDDEN
    send(work, "coordinator", decline, {"why": "It was a slip."})
    assert Term.objects.get().state == Term.State.DECLINED
    assert "ABC: not added" in words(work.client("pat").get(LIST))
