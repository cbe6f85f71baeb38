"""A lay partner does not support the report: an executive hears them, they say that they were heard, and their words stay."""

from tests.system.conftest import TELEPHONE, Cast
from tests.system.people.partner import Partner
from tests.system.people.staff import Executive, Lead
from workflows.processes.oversight.story import Story

WORDS = "The report does not say why the family was not listened to.\n\nThey called three times."
REASON = "The coroner has the call log. We say on page 4 that it exists."


def test_a_disagreement_is_heard_answered_and_kept_word_for_word(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("chair")
    story.answer("amina")
    pat, executive, lead = cast(Partner, "pat", **TELEPHONE), cast(Executive, "exec"), cast(Lead, "lead")

    pat.does_not_support_it(WORDS)
    pat.sees("Eleanor Hughes must meet you and answer in writing")
    assert story.case.state == "draft_review__dissent"
    lead.opens_the_case()
    lead.sees("It has not been heard yet. Until then nothing can go on.")

    executive.hears_the_disagreement(WORDS, REASON)
    pat.reads_the_answer(REASON)
    pat.says_they_were_heard()

    assert story.case.state == "actions"
    for anybody in (pat, lead, executive):
        anybody.finds_words_unaltered(WORDS)
        anybody.sees("My disagreement stands", REASON)


def test_a_partner_who_was_not_heard_is_met_again(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    story.put_draft_to_group()
    story.answer("chair")
    story.answer("amina")
    story.dissent("pat", WORDS)
    story.hear_dissent(reason=REASON)
    pat, executive = cast(Partner, "pat"), cast(Executive, "exec")

    pat.says("Say whether you were heard", "No, I was not heard", "You read out a letter and left.")

    assert story.case.state == "draft_review__dissent"
    executive.takes_up("Hear the disagreement: review the draft report")
    executive.sees("You read out a letter and left.", "When it was heard before")
