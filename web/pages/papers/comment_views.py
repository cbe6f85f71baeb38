"""Comments: make one on a version, list them, answer one."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET

from permissions.verdict import require
from web.design_system.views import SignedInRequest, page, signed_in
from web.pages.cases.found import address, found_among, found_look
from web.pages.cases.wording import must_be_answered_before
from web.pages.papers.forms import AnswerForm, CommentForm, VerdictForm
from web.pages.papers.presenter import NOT_YET, comment_cards, comments_on, found_versions, version_block
from web.pages.stages.frame import frame
from workflows.doors.comments import answer_comment, may_answer_comment, may_comment
from workflows.doors.comments import comment as make_comment
from workflows.doors.verdicts import is_second, may_say_whether_answered, say_whether_answered


@signed_in
def comment(request: SignedInRequest, ods: str, reference: str, version: UUID) -> HttpResponse:
    """Say something about a version."""
    look = found_look(request, ods, reference, timezone.now())
    found = found_among(found_versions(look, request.person), version)
    form = CommentForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        make_comment(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], version=version, text=given["text"],
            section=given["section"],
        )  # fmt: skip
        return redirect(address("paper", look.case, version=version) + "#comments")
    require(*may_comment(look, request.person, version, NOT_YET)[2])
    block = version_block(look, request.person, found)
    told = {**frame(look), "before": must_be_answered_before(look.process)}
    return page(request, "pages/papers/comment.jinja", told, form=form, block=block, title=f"Comment on: {block.title}")


@signed_in
@require_GET
def comments(request: SignedInRequest, ods: str, reference: str) -> HttpResponse:
    """Every comment on the case: those that wait for an answer first."""
    look = found_look(request, ods, reference, timezone.now())
    cards = comment_cards(look, request.person, comments_on(look, request.person))
    waiting = [card for card in cards if not card.is_answered]
    answered = [card for card in cards if card.is_answered]
    told = {**frame(look), "before": must_be_answered_before(look.process)}
    return page(request, "pages/papers/comments.jinja", told, waiting=waiting, answered=answered, title="Comments")


@signed_in
def comment_answer(request: SignedInRequest, ods: str, reference: str, comment: UUID) -> HttpResponse:
    """Answer a comment: changed and where, or not changed and why."""
    look = found_look(request, ods, reference, timezone.now())
    said = found_among(comments_on(look, request.person), comment)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        answer_comment(
            case=look.case.pk, by=request.person, at=look.at, request=given["request"], comment=comment,
            outcome=given["outcome"], text=given["text"],
        )  # fmt: skip
        return redirect(address("comments", look.case))
    require(*may_answer_comment(look, request.person, comment, "changed", NOT_YET)[2])
    card = comment_cards(look, request.person, [said])[0]
    return page(request, "pages/papers/comment_answer.jinja", frame(look), form=form, card=card, title="Answer a comment")


@signed_in
def answer_verdict(request: SignedInRequest, ods: str, reference: str, answer: UUID) -> HttpResponse:
    """Say whether the answer to one's comment answers oneself."""
    look = found_look(request, ods, reference, timezone.now())
    answers = [one.response for one in comments_on(look, request.person) if hasattr(one, "response")]
    found = found_among(answers, answer)
    form = VerdictForm(request.POST or None)
    if form.is_valid():
        say_whether_answered(
            case=look.case.pk, by=request.person, at=look.at, request=form.cleaned_data["request"], answer=answer,
            satisfied=form.is_satisfied, text=form.words,
        )  # fmt: skip
        return redirect(f"{address('comments', look.case)}#comment-{found.comment_id}")
    require(*may_say_whether_answered(look, request.person, answer, True, "")[2])
    told = {**frame(look), "before": must_be_answered_before(look.process), "is_second": is_second(found)}
    told |= {"is_signed": any(look.is_signed(paper.code) for paper in look.process.papers)}
    told |= {"card": comment_cards(look, request.person, [found.comment])[0]}
    return page(request, "pages/papers/answer_verdict.jinja", told, form=form, title="Does this answer you?")
