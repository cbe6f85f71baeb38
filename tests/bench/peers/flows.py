"""The flows: one step after another, several at once, and a vote that ends a stage and begins five tasks."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from viewflow import this
from viewflow.workflow import flow
from viewflow.workflow.lock import select_for_update_lock
from viewflow.workflow.models import Process

from tests.bench.peers.models import ReviewProcess

NAME = "bench-peer"
VOTES, NEXT, AT_ONCE = 3, 5, 4


def peer() -> Any:
    """The one who has every task: read once, so that assigning costs viewflow nothing."""
    if not _known:
        _known.append(get_user_model().objects.get_or_create(username=NAME)[0])
    return _known[0]


_known: list[Any] = []


def page(request: HttpRequest) -> HttpResponse:
    """The page of a task, which nothing here opens."""
    return HttpResponse(status=405)


def to_peer(_: Any) -> Any:
    return peer()


def review_of(process: Any) -> Any:
    """The review that a process is about: what a permission is held on."""
    return process.coerced.review


class StepFlow(flow.Flow):
    """One task after another, without end."""

    process_class = Process
    lock_impl = select_for_update_lock

    start = flow.StartHandle(this.begin).Next(this.approve)
    approve = flow.View(page).Assign(to_peer).Next(this.approve_again)
    approve_again = flow.View(page).Assign(to_peer).Next(this.approve)

    def begin(self, activation: Any) -> Any:
        """The process itself, and nothing else."""
        return activation.process


class GovernedFlow(flow.Flow):
    """The same on a review, which the task belongs to."""

    process_class = ReviewProcess
    lock_impl = select_for_update_lock

    start = flow.StartHandle(this.begin).Next(this.approve)
    approve = flow.View(page).Permission("bench_peers.approve_review", obj=review_of).Assign(to_peer).Next(this.approve_again)
    approve_again = flow.View(page).Permission("bench_peers.approve_review", obj=review_of).Assign(to_peer).Next(this.approve)

    def begin(self, activation: Any, review: Any) -> Any:
        """The process of this review."""
        activation.process.review = review
        return activation.process


class TogetherFlow(flow.Flow):
    """Four who work on one process at once, one task after another."""

    process_class = Process
    lock_impl = select_for_update_lock

    start = flow.StartHandle(this.begin).Next(this.divide)
    divide = flow.Split().Next(this.one).Next(this.two).Next(this.three).Next(this.four)
    one = flow.View(page).Assign(to_peer).Next(this.one)
    two = flow.View(page).Assign(to_peer).Next(this.two)
    three = flow.View(page).Assign(to_peer).Next(this.three)
    four = flow.View(page).Assign(to_peer).Next(this.four)

    NODES: ClassVar[tuple[str, ...]] = ("one", "two", "three", "four")

    def begin(self, activation: Any) -> Any:
        """The process itself, and nothing else."""
        return activation.process


class VoteFlow(flow.Flow):
    """Three votes, and when the last is in five tasks begin."""

    process_class = Process
    lock_impl = select_for_update_lock

    start = flow.StartHandle(this.begin).Next(this.ask)
    ask = flow.Split().Next(this.first).Next(this.second).Next(this.third)
    first = flow.View(page).Assign(to_peer).Next(this.counted)
    second = flow.View(page).Assign(to_peer).Next(this.counted)
    third = flow.View(page).Assign(to_peer).Next(this.counted)
    counted = flow.Join().Next(this.go_on)
    go_on = flow.Split().Next(this.a).Next(this.b).Next(this.c).Next(this.d).Next(this.e)
    a = flow.View(page).Assign(to_peer).Next(this.end)
    b = flow.View(page).Assign(to_peer).Next(this.end)
    c = flow.View(page).Assign(to_peer).Next(this.end)
    d = flow.View(page).Assign(to_peer).Next(this.end)
    e = flow.View(page).Assign(to_peer).Next(this.end)
    end = flow.End()

    def begin(self, activation: Any) -> Any:
        """The process itself, and nothing else."""
        return activation.process
