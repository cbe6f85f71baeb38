"""The quality auditor reads everything and can change nothing."""

from audit.models import Event
from tests.system.conftest import Cast
from tests.system.people.staff import Auditor
from workflows.processes.oversight.story import Story


def test_an_auditor_reads_the_whole_record_and_can_change_nothing(cast: Cast, story: Story) -> None:
    story.walk_to("draft_review")
    story.comment("pat", "It does not say who called first.", kind="report")
    story.put_draft_to_group()
    version = story.look.latest_released("report")
    assert version
    auditor = cast(Auditor, "auditor")
    before = Event.objects.count()

    auditor.reads_all_there_is(version.pk)
    assert Event.objects.count() == before + 1  # that the paper was read is itself on the record
    for page, more in (
        ("position", {"visit": story.visit}),
        ("comment", {"version": version.pk}),
        ("seat_assign", {"role": "psp"}),
        ("withdraw", {}),
        ("facts", {"act": "record_questions"}),
    ):
        auditor.is_refused(page, **more)
    assert Event.objects.count() == before + 1
