"""Papers in the browser: upload, release, read, comment and answer, each asked for by somebody who may and somebody who may not."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit.models import Event
from cases.models import Comment, PaperVersion
from tests.web.casework import FORBIDDEN, FOUND, NOT_FOUND, OK, STALE, Casework, hidden, words

NOTHING = "00000000-0000-0000-0000-000000000000"
SUMMARY = "It says what the investigation will look at."
A_PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
AS_STAFF = {"lay_reads": "same", "identifies": "no"}


@pytest.fixture
def at_terms(work: Casework) -> Casework:
    work.story.walk_to("terms")
    return work


def a_file(name: str = "terms.txt", content: bytes = b"The terms.\nThe night of 3 May.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


class TestUploading:
    def test_the_release_comes_next(self, at_terms: Casework) -> None:
        response = at_terms.send("lead", "paper_upload", {"file": a_file()}, kind="terms")
        version = at_terms.story.look.versions[-1]
        assert response["Location"] == at_terms.address("paper_release", version=version.pk)
        assert not version.is_released

    def test_nobody_else_can_even_tell_that_there_is_a_draft(self, at_terms: Casework) -> None:
        draft = at_terms.story.paper("terms", release=False)
        assert at_terms.get("lead", "paper", version=draft.pk).status_code == OK
        for page in ("paper", "paper_read", "paper_file", "paper_release", "comment"):
            assert at_terms.get("pat", page, version=draft.pk).status_code == NOT_FOUND
            assert at_terms.get("pat", page, version=NOTHING).status_code == NOT_FOUND

    def test_a_next_version_says_what_changed_and_a_first_one_does_not(self, at_terms: Casework) -> None:
        assert "What changed since" not in words(at_terms.get("lead", "paper_upload", kind="terms"))
        at_terms.story.paper("terms")
        response = at_terms.send("lead", "paper_upload", {"file": a_file()}, kind="terms")
        assert "Say what changed since the last version" in words(response)
        assert "choose the file again" in words(response)

    def test_a_file_that_is_too_large_is_refused_in_a_sentence_and_the_note_is_kept(self, at_terms: Casework) -> None:
        at_terms.story.paper("terms")
        large = a_file("terms.txt", b"a" * (30 * 1024 * 1024))
        response = at_terms.send("lead", "paper_upload", {"file": large, "change_note": "Page two is new."}, kind="terms")
        assert response.status_code == OK
        assert "The file is 30.0 MB; the limit is 25 MB." in words(response)
        assert "Page two is new." in words(response)
        assert "choose the file again" in words(response)
        assert PaperVersion.objects.count() == 1

    def test_bytes_that_are_not_what_the_name_says_are_refused_beside_the_file(self, at_terms: Casework) -> None:
        response = at_terms.send("lead", "paper_upload", {"file": a_file("terms.pdf")}, kind="terms")
        assert "The name says PDF" in words(response)
        assert 'href="#id_file"' in response.content.decode()

    def test_only_the_author_uploads(self, at_terms: Casework) -> None:
        for key in ("pat", "chair", "auditor"):
            assert at_terms.get(key, "paper_upload", kind="terms").status_code == FORBIDDEN
            sent = at_terms.post(key, at_terms.address("paper_upload", kind="terms"), {"file": a_file()})
            assert sent.status_code == FORBIDDEN
        assert not PaperVersion.objects.exists()

    def test_a_paper_of_no_stage_has_a_title_of_its_own(self, at_terms: Casework) -> None:
        response = at_terms.send("lead", "paper_upload", {"file": a_file(), "title": "Letter from the ward"}, kind="other")
        assert response.status_code == FOUND
        assert at_terms.story.look.versions[-1].paper.title == "Letter from the ward"
        assert at_terms.get("lead", "paper_upload", kind="nonsense").status_code == NOT_FOUND

    def test_pressing_twice_makes_one_version(self, at_terms: Casework) -> None:
        sent = hidden(at_terms.get("lead", "paper_upload", kind="terms"))
        address = at_terms.address("paper_upload", kind="terms")
        first, second = (at_terms.post("lead", address, {**sent, "file": a_file()}) for _ in range(2))
        assert first["Location"] == second["Location"]
        assert PaperVersion.objects.count() == 1


class TestReleasing:
    def test_everyone_can_read_it_and_the_summary_stands_first(self, at_terms: Casework) -> None:
        draft = at_terms.story.paper("terms", release=False)
        at_terms.send("lead", "paper_release", {"plain_summary": SUMMARY, **AS_STAFF}, version=draft.pk)
        for key in ("pat", "chair", "auditor"):
            text = words(at_terms.get(key, "paper", version=draft.pk))
            assert text.index(SUMMARY) < text.index("Download version 1")

    def test_a_summary_is_asked_for(self, at_terms: Casework) -> None:
        draft = at_terms.story.paper("terms", release=False)
        response = at_terms.send("lead", "paper_release", {"plain_summary": " ", **AS_STAFF}, version=draft.pk)
        assert "Write a summary in plain language" in words(response)
        assert at_terms.story.look.latest_released("terms") is None

    def test_it_says_beforehand_that_people_will_be_asked_again(self, at_terms: Casework) -> None:
        story = at_terms.story
        story.record_questions()
        story.paper("terms")
        story.submit("lead")
        story.answer("pat")
        draft = story.paper("terms", release=False)
        assert "1 person has already answered on the version before" in words(
            at_terms.get("lead", "paper_release", version=draft.pk)
        )

    def test_what_is_released_is_not_released_again(self, at_terms: Casework) -> None:
        version = at_terms.story.paper("terms")
        assert at_terms.get("lead", "paper_release", version=version.pk).status_code == STALE
        sent = at_terms.post(
            "lead", at_terms.address("paper_release", version=version.pk), {"plain_summary": "Other words, later.", **AS_STAFF}
        )
        assert sent.status_code == STALE
        assert "Other words, later." in words(sent)

    def test_a_lay_partner_cannot_release_even_by_hand(self, at_terms: Casework) -> None:
        version = at_terms.story.paper("terms")
        address = at_terms.address("paper_release", version=version.pk)
        assert at_terms.post("pat", address, {"plain_summary": SUMMARY, **AS_STAFF}).status_code == STALE


class TestWhatPointsToPeople:
    """IG1."""

    SAID = "Mrs Shaw (943 476 5919) waited."
    TICK = "I have checked each of these, and it may stay"

    @pytest.fixture
    def draft(self, at_terms: Casework) -> PaperVersion:
        return at_terms.story.paper("terms", release=False)

    def test_nothing_is_asked_where_there_is_nothing(self, at_terms: Casework, draft: PaperVersion) -> None:
        assert self.TICK not in words(at_terms.get("lead", "paper_release", version=draft.pk))

    def test_it_is_shown_covered_and_released_once_it_is_ticked(self, at_terms: Casework, draft: PaperVersion) -> None:
        page = at_terms.send("lead", "paper_release", {"plain_summary": self.SAID, **AS_STAFF}, version=draft.pk)
        text = words(page)
        assert "An NHS number that ends in 19, in the summary." in text
        assert self.TICK in text
        assert "then tick the box, or take it out" in text
        assert self.SAID in text
        given = {**hidden(page), "plain_summary": self.SAID, "checked": "on", **AS_STAFF}
        assert at_terms.post("lead", at_terms.address("paper_release", version=draft.pk), given).status_code == FOUND
        assert "left as it was an NHS number that ends in 19, in the summary" in words(at_terms.get("pat", "record"))

    def test_a_tick_counts_for_what_was_shown_and_nothing_more(self, at_terms: Casework, draft: PaperVersion) -> None:
        page = at_terms.send("lead", "paper_release", {"plain_summary": self.SAID, **AS_STAFF}, version=draft.pk)
        more = {**hidden(page), "plain_summary": f"{self.SAID} Ask mary@example.org.", "checked": "on", **AS_STAFF}
        again = at_terms.post("lead", at_terms.address("paper_release", version=draft.pk), more)
        assert "An e-mail address, m\u2026@example.org, in the summary." in words(again)
        assert at_terms.story.look.latest_released("terms") is None

    def test_of_a_file_that_cannot_be_read_the_page_says_so(self, at_terms: Casework) -> None:
        sent = at_terms.send("lead", "paper_upload", {"file": a_file("terms.pdf", A_PDF)}, kind="terms")
        page = at_terms.client("lead").get(sent["Location"])
        assert "We could not search all of this file for NHS numbers" in words(page)
        assert "because it is damaged" in words(page)
        given = {**hidden(page), "plain_summary": SUMMARY, **AS_STAFF}
        assert "then tick the box, or take it out" in words(at_terms.post("lead", sent["Location"], given))
        assert at_terms.post("lead", sent["Location"], {**given, "checked": "on"}).status_code == FOUND


class TestReading:
    @pytest.fixture
    def version(self, at_terms: Casework) -> PaperVersion:
        return at_terms.story.paper("terms", "The terms.\n<script>The night</script>")

    def reads(self) -> int:
        return Event.objects.filter(kind="paper_read").count()

    def test_the_page_about_a_paper_is_no_reading_of_it(self, at_terms: Casework, version: PaperVersion) -> None:
        at_terms.get("pat", "paper", version=version.pk)
        assert self.reads() == 0

    @pytest.mark.proves("IG7")
    def test_reading_it_here_is_recorded_and_shows_its_words_as_words(self, at_terms: Casework, version: PaperVersion) -> None:
        response = at_terms.get("pat", "paper_read", version=version.pk)
        assert "<script>The night</script>" in words(response)
        assert b"<script>The night" not in response.content
        assert self.reads() == 1

    @pytest.mark.proves("IG7")
    def test_a_download_is_a_file_to_keep_and_recorded(self, at_terms: Casework, version: PaperVersion) -> None:
        response = at_terms.get("auditor", "paper_file", version=version.pk)
        assert response["Content-Disposition"] == 'attachment; filename="terms-1.txt"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in response["Cache-Control"]
        assert b"".join(response.streaming_content).startswith(b"The terms.")  # type: ignore[attr-defined]
        assert self.reads() == 1

    @pytest.mark.proves("IG16")
    @pytest.mark.parametrize("who", ["pat", "chair"])
    def test_a_copy_says_to_whom_it_was_given_and_by_which_opening(
        self, at_terms: Casework, version: PaperVersion, who: str
    ) -> None:
        """The same for lay and staff: nobody is trusted less."""
        sent = at_terms.get(who, "paper_file", version=version.pk)
        opening = Event.objects.get(kind="paper_read")
        line, words_of_it = b"".join(sent.streaming_content).decode().split("\r\n\r\n")  # type: ignore[attr-defined]
        assert words_of_it.startswith("The terms.")
        assert f"Copy {opening.seq}, given to {at_terms.story.who(who).name} on " in line
        printed = words(at_terms.get(who, "paper_read", version=version.pk))
        assert f"given to {at_terms.story.who(who).name} on " in printed
        assert "You can print this page" in printed

    @pytest.mark.proves("IG16")
    @pytest.mark.parametrize("who", ["lead", "auditor"])
    def test_its_author_and_who_checks_the_record_get_the_file_itself(
        self, at_terms: Casework, version: PaperVersion, who: str
    ) -> None:
        sent = b"".join(at_terms.get(who, "paper_file", version=version.pk).streaming_content)  # type: ignore[attr-defined]
        assert sha256(sent).hexdigest() == version.sha256

    @pytest.mark.proves("IG16")
    def test_what_cannot_be_marked_is_given_all_the_same(
        self, at_terms: Casework, version: PaperVersion, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("web.pages.papers.copies.marked", lambda *_: None)
        sent = b"".join(at_terms.get("pat", "paper_file", version=version.pk).streaming_content)  # type: ignore[attr-defined]
        assert sha256(sent).hexdigest() == version.sha256

    def test_somebody_who_may_not_see_the_case_finds_nothing_and_nothing_is_recorded(
        self, at_terms: Casework, version: PaperVersion
    ) -> None:
        for page in ("paper", "paper_read", "paper_file"):
            assert at_terms.get("gwen", page, version=version.pk).status_code == NOT_FOUND
        assert self.reads() == 0

    def test_a_version_of_another_case_is_not_found_through_this_one(self, at_terms: Casework, version: PaperVersion) -> None:
        first = at_terms.story.case_id
        at_terms.story.case_id = None
        at_terms.story.open("Another case")
        assert at_terms.story.case_id != first
        assert at_terms.get("lead", "paper", version=version.pk).status_code == NOT_FOUND
        assert at_terms.get("lead", "paper_file", version=version.pk).status_code == NOT_FOUND

    def test_only_opening_is_done_by_a_link(self, at_terms: Casework, version: PaperVersion) -> None:
        assert at_terms.post("pat", at_terms.address("paper_file", version=version.pk), {}).status_code == 405

    def test_how_long_one_has_had_it(self, at_terms: Casework, version: PaperVersion) -> None:
        at_terms.story.wait(6)
        assert "You have had it for 6 working days." in words(at_terms.get("pat", "paper", version=version.pk))

    def test_an_old_version_says_that_there_is_a_newer_one(self, at_terms: Casework, version: PaperVersion) -> None:
        at_terms.story.paper("terms", note="Page two is new.")
        text = words(at_terms.get("pat", "paper", version=version.pk))
        assert "This is not the newest version" in text
        assert "What changed: Page two is new." in text


class TestComments:
    @pytest.fixture
    def version(self, at_terms: Casework) -> PaperVersion:
        return at_terms.story.paper("terms")

    def test_a_comment_is_read_by_everybody(self, at_terms: Casework, version: PaperVersion) -> None:
        assert at_terms.send("pat", "comment", {"text": "Which ward?"}, version=version.pk).status_code == FOUND
        assert "Which ward?" in words(at_terms.get("lead", "paper", version=version.pk))

    def test_an_empty_comment_is_asked_for_again_and_the_section_is_kept(self, at_terms: Casework, version: PaperVersion) -> None:
        response = at_terms.send("pat", "comment", {"text": "", "section": "Page 9"}, version=version.pk)
        assert "Write your comment" in words(response)
        assert 'value="Page 9"' in response.content.decode()

    def test_an_auditor_reads_and_does_not_comment(self, at_terms: Casework, version: PaperVersion) -> None:
        assert "Comment on this version" not in words(at_terms.get("auditor", "paper", version=version.pk))
        assert at_terms.get("auditor", "comment", version=version.pk).status_code == FORBIDDEN
        sent = at_terms.post("auditor", at_terms.address("comment", version=version.pk), {"text": "Hm"})
        assert sent.status_code == FORBIDDEN
        assert not Comment.objects.exists()

    def test_pressing_twice_comments_once(self, at_terms: Casework, version: PaperVersion) -> None:
        sent = hidden(at_terms.get("pat", "comment", version=version.pk)) | {"text": "Which ward?"}
        for _ in range(2):
            assert at_terms.post("pat", at_terms.address("comment", version=version.pk), sent).status_code == FOUND
        assert Comment.objects.count() == 1

    def test_an_answer_is_shown_under_its_comment_and_given_once(self, at_terms: Casework, version: PaperVersion) -> None:
        at_terms.story.comment("pat", "Which ward?", "terms")
        said = Comment.objects.get()
        assert "Answer this comment" in words(at_terms.get("lead", "comments"))
        answered = at_terms.send("lead", "comment_answer", {"outcome": "changed", "text": "Ward 4, page 1."}, comment=said.pk)
        assert answered.status_code == FOUND
        text = words(at_terms.get("pat", "comments"))
        assert "Ward 4, page 1." in text
        assert "Waiting for an answer No comment is waiting for an answer." in text
        assert at_terms.get("chair", "comment_answer", comment=said.pk).status_code == STALE

    def test_a_lay_partner_does_not_answer_comments(self, at_terms: Casework, version: PaperVersion) -> None:
        at_terms.story.comment("pat", "Which ward?", "terms")
        said = Comment.objects.get()
        assert "Answer this comment" not in words(at_terms.get("amina", "comments"))
        assert at_terms.get("amina", "comment_answer", comment=said.pk).status_code == FORBIDDEN
        assert at_terms.get("lead", "comment_answer", comment=NOTHING).status_code == NOT_FOUND

    def test_what_was_chosen_is_kept_when_the_words_are_missing(self, at_terms: Casework, version: PaperVersion) -> None:
        at_terms.story.comment("pat", "Which ward?", "terms")
        response = at_terms.send("lead", "comment_answer", {"outcome": "not_changed"}, comment=Comment.objects.get().pk)
        assert "Say what was changed and where, or why nothing was" in words(response)
        assert 'value="not_changed" checked' in " ".join(response.content.decode().split())


@pytest.mark.parametrize("page", ["paper", "comments"])
def test_pages_cost_the_same_for_one_comment_and_for_many(at_terms: Casework, page: str) -> None:
    version = at_terms.story.paper("terms")
    at_terms.story.comment("pat", "Which ward?", "terms")
    more = {"version": version.pk} if page == "paper" else {}
    few = at_terms.statements("lead", page, **more)
    for number in range(8):
        at_terms.story.comment("amina", f"And {number}?", "terms")
    assert at_terms.statements("lead", page, **more) == few
    assert few <= 10
