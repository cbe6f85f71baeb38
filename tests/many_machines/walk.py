"""The walk: many machines are started, people act, machines are taken away, and each promise is looked at where it is kept."""

from __future__ import annotations

import json
import socket
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from pathlib import Path
from typing import Any

from tests.many_machines.processes import HOST, Site, until
from tests.many_machines.servers import Primary, Replica
from tests.many_machines.visitors import Visitor, words

REST = 6
"""Seconds after which a replica that was down is asked again, and a little."""
WHILE_BUSY = 180
"""Seconds for the workers to be done."""

ANSWERS = "SELECT count(*) FROM audit_event WHERE kind = 'position_taken' AND case_id = ANY(%s::uuid[])"
TO_GATHER = (
    "SELECT count(*) FROM notifications_notice"
    " WHERE by_mail AND dispatch_id IS NULL AND read_at IS NULL AND at <= now() - interval '5 minutes'"
)
TO_SEND = "SELECT count(*) FROM notifications_dispatch WHERE state = 'waiting' AND channel = 'email'"
SENT = "SELECT count(*) FROM notifications_dispatch WHERE state = 'sent' AND channel = 'email'"
DONE_BY = (
    "SELECT coalesce(json_object_agg(worker, number), '{}') FROM (SELECT worker_ids->>0 AS worker, count(*) AS number"
    " FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL' GROUP BY 1) AS done"
)


class Broken(AssertionError):
    """A promise that was not kept."""


class Walk:
    """Everything that runs, and what has been seen. `small`: one web process and two workers, for the suite."""

    def __init__(self, folder: Path, small: bool) -> None:
        self.folder, self.began = folder, time.monotonic()
        self.webs, self.workers = (1, 2) if small else (2, 4)
        self.primary = Primary(folder)
        self.replica = Replica(self.primary.socket, folder)
        self.site = Site(folder, self.primary, self.replica)
        self.cases: list[dict[str, Any]] = []
        self.visitors: dict[str, Visitor] = {}

    def go(self) -> None:
        """The whole walk, in order."""
        self.start()
        self.people_act_at_once()
        self.the_record_is_read_from_the_replica()
        self.workers_share_the_queue()
        self.processes_are_lost()
        self.the_replica_is_lost_and_comes_back()
        self.all_is_well_on_both()

    def end(self) -> None:
        """Stop everything."""
        self.site.stop()
        self.replica.stop()
        self.primary.stop()

    # Acts

    def start(self) -> None:
        self.site.manage("migrate", "--verbosity", "0")
        self.site.manage("collectstatic", "--noinput", "--verbosity", "0")
        self.cases = json.loads(self.site.build("1" if self.webs == 1 else "3").splitlines()[-1])
        self.ports = _free_ports(self.webs)
        for number, port in enumerate(self.ports, 1):
            self.site.serve(f"web{number}", port)
        for port in self.ports:
            until(f"the web process at {port} answers", lambda port=port: _listens(port))
        self._say(f"One primary, one replica, {self.webs} web processes, {len(self.cases)} cases built through the doors.")

    def people_act_at_once(self) -> None:
        """Everybody who is asked answers, all together, and finds the answer by way of another web process."""
        self._let_in()
        asked = [(email, case) for case in self.cases for email in case["asked"].values()]
        with ThreadPoolExecutor(len(self.visitors)) as pool:
            list(pool.map(self._say_what_one_thinks, *zip(*asked, strict=True)))
        taken = self._taken()
        _hold(taken == len(asked), f"{len(asked)} answers were sent and {taken} are in the ledger")
        self._say(f"{taken} answers on {len(self.cases)} cases at once; each found their own at the next page.")

    def _let_in(self) -> None:
        """Everybody whom the cases need, signed in, each beginning at another web process."""
        people = sorted({email for case in self.cases for email in (*case["asked"].values(), case["auditor"])})
        turns = [
            [*self.ports[number % len(self.ports) :], *self.ports[: number % len(self.ports)]] for number in range(len(people))
        ]
        self.visitors = {email: Visitor(email, ports) for email, ports in zip(people, turns, strict=True)}
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(Visitor.sign_in, self.visitors.values()))

    def _say_what_one_thinks(self, email: str, case: dict[str, Any]) -> None:
        page = words(self.visitors[email].says(case["path"], case["visit"]))
        _hold("I support it" in page, f"{email} does not find their own answer: {page[:300]}")

    def the_record_is_read_from_the_replica(self) -> None:
        """The auditor reads each case's record: it holds the newest answer, and the replica told it."""
        before = self.replica.answered()
        for case in self.cases:
            page = words(self._auditor().get(f"{case['path']}record/"))
            _hold(page.count("said what they think") >= len(case["asked"]), f"the record misses an answer: {page[:500]}")
        read = self.replica.answered() - before
        _hold(read >= len(self.cases), f"the replica was sent {read} statements that read the record")
        behind = self.replica.ask("SELECT (pg_last_wal_receive_lsn() - pg_last_wal_replay_lsn())::bigint")
        self._say(f"The replica told {read} times of the record, newest answers among them; it is {behind} bytes behind.")

    def workers_share_the_queue(self) -> None:
        """The clock queues, the workers send what waits: each message once."""
        for number in range(1, self.workers + 1):
            self.site.work(f"worker{number}")
        self.site.tick()
        until("every message has gone out", self._nothing_waits, WHILE_BUSY)
        until("every worker has done something", lambda: len(self._done_by()) == self.workers, WHILE_BUSY)
        done = ", ".join(f"{worker} {number}" for worker, number in sorted(self._done_by().items()))
        self._say(f"{self.workers} workers sent {self._letters()} letters, each once; tasks done: {done}.")

    def processes_are_lost(self) -> None:
        """One web process and one worker are killed: the others go on, and nothing is lost."""
        if self.webs > 1:
            self.site.kill("web1")
        self.site.kill("worker1")
        self.cases = json.loads(self.site.build("1").splitlines()[-1])
        self._let_in()
        case = self.cases[0]
        for email in case["asked"].values():
            self._say_what_one_thinks(email, case)
        taken = self._taken()
        _hold(taken == len(case["asked"]), f"{taken} answers are in the ledger after processes were killed")
        until("every message has gone out without the worker that was killed", self._nothing_waits, WHILE_BUSY)
        lost = "A web process and a worker were" if self.webs > 1 else "A worker was"
        self._say(f"{lost} killed: {taken} more answers, and {self._letters()} letters in all, each once.")

    def the_replica_is_lost_and_comes_back(self) -> None:
        """Pages of the record go on from the primary, and go back to the replica."""
        self.replica.stop()
        _hold(not self._is_read_from_replica(), "a replica that is stopped cannot have answered")
        self.replica.start()
        time.sleep(REST)
        until("the replica has caught up and is asked", self._is_read_from_replica)
        self._say("Without the replica the record was read from the primary; it came back and was used again.")

    def _is_read_from_replica(self) -> bool:
        """Read the record, which is shown whoever answers; whether it was the replica."""
        before = self.replica.answered()
        page = words(self._auditor().get(f"{self.cases[0]['path']}record/"))
        _hold("said what they think" in page, f"the record was not shown: {page[:300]}")
        return self.replica.answered() > before

    def all_is_well_on_both(self) -> None:
        self.site.stop()
        for where in ([], ["--replica"]):
            told = self.site.manage("verify", *where)
            _hold("All is well" in told, told)
            self._say(f"verify {' '.join(where) or 'on the primary'}: {' '.join(told.split())}")

    # Looks

    def _auditor(self) -> Visitor:
        return self.visitors[self.cases[0]["auditor"]]

    def _taken(self) -> int:
        """How many answers the ledger holds on the cases of the moment."""
        return int(self.primary.ask(ANSWERS, [[case["case"] for case in self.cases]]))

    def _nothing_waits(self) -> bool:
        return not self.primary.ask(TO_GATHER) and not self.primary.ask(TO_SEND)

    def _done_by(self) -> dict[str, int]:
        return dict(self.primary.ask(DONE_BY))

    def _letters(self) -> int:
        """How many letters went out. Each is in the folder as often as it was sent, and the database knows each."""
        found = Counter(number for file in (self.folder / "letters").iterdir() for number in _numbers(file))
        twice = [number for number, times in found.items() if times > 1]
        _hold(not twice, f"{len(twice)} letters were sent twice")
        known = self.primary.ask(SENT)
        _hold(len(found) == known, f"{len(found)} letters were sent and {known} are known")
        return len(found)

    def _say(self, what: str) -> None:
        sys.stdout.write(f"{time.monotonic() - self.began:6.1f} s  {what}\n")
        sys.stdout.flush()


def _hold(promise: bool, what: str) -> None:
    if not promise:
        raise Broken(what)


def _numbers(file: Path) -> list[str]:
    """The Message-ID of each letter in a file."""
    letters = [message_from_bytes(part) for part in file.read_bytes().split(b"-" * 79 + b"\n") if part.strip()]
    return [str(letter["Message-ID"]) for letter in letters if letter["Message-ID"]]


def _free_ports(number: int) -> list[int]:
    open_now = [socket.create_server((HOST, 0)) for _ in range(number)]
    ports = [one.getsockname()[1] for one in open_now]
    for one in open_now:
        one.close()
    return ports


def _listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex((HOST, port)) == 0
