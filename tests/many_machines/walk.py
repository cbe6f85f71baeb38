"""The walk: many machines are started, people act, machines are taken away, and each promise is looked at where it is kept."""

from __future__ import annotations

import json
import socket
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


class Broken(AssertionError):
    """A promise that was not kept."""


class Walk:
    """Everything that runs, and what has been seen. `small`: one web process and two workers, for the suite."""

    def __init__(self, folder: Path, small: bool) -> None:
        self.folder, self.began = folder, time.monotonic()
        self.webs, self.workers = (1, 2) if small else (2, 4)
        self.primary = Primary(folder)
        self.replica = Replica(self.primary, folder)
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
        people = sorted({email for case in self.cases for email in (*case["asked"].values(), case["auditor"])})
        self.visitors = {email: Visitor(email, self.ports[turn % self.webs :] + self.ports[: turn % self.webs]) for turn, email in enumerate(people)}
        with ThreadPoolExecutor(len(people)) as pool:
            list(pool.map(Visitor.sign_in, self.visitors.values()))
            said = [pool.submit(self._say_what_one_thinks, email, case) for case in self.cases for email in case["asked"].values()]
            for one in said:
                one.result()
        taken = self._events("position_taken", [case["case"] for case in self.cases])
        _hold(taken == len(said), f"{len(said)} answers were sent and {taken} are in the ledger")
        self._say(f"{taken} answers from {len(people) - 1} people at once; each found their own at the next page.")

    def _say_what_one_thinks(self, email: str, case: dict[str, Any]) -> None:
        who = self.visitors[email]
        if self._answered(email, case):
            return
        page = words(who.says(case["path"], case["visit"]))
        _hold("I support it" in page, f"{email} does not find their own answer: {page[:300]}")

    def _answered(self, email: str, case: dict[str, Any]) -> bool:
        return False

    def the_record_is_read_from_the_replica(self) -> None:
        """The auditor reads each case's record: it holds the newest answer, and the replica told it."""
        before = self.replica.answered()
        for case in self.cases:
            page = words(self._auditor().get(f"{case['path']}record/"))
            _hold(page.count("said what they think") >= len(case["asked"]), f"the record misses an answer: {page[:500]}")
        read = self.replica.answered() - before
        _hold(read >= len(self.cases), f"the replica was sent {read} statements that read the record")
        lag = self.replica.ask("SELECT coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)::float")
        self._say(f"The replica answered {read} statements on the record, with the newest answers; its newest commit is {lag:.2f} s old.")

    def workers_share_the_queue(self) -> None:
        """The clock queues, the workers send what waits: each message once."""
        for number in range(1, self.workers + 1):
            self.site.work(f"worker{number}")
        self.site.tick()
        until("every message has gone out", self._nothing_waits, 120)
        until("every worker has done something", lambda: len(self._done_by()) == self.workers, 120)
        letters = self._letters()
        self._say(f"{len(self._done_by())} workers sent {letters} letters, each once: tasks by worker {self._done_by()}.")

    def processes_are_lost(self) -> None:
        """One web process and one worker are killed: the others go on, and nothing is lost."""
        if self.webs > 1:
            self.site.kill("web1")
        self.site.kill("worker1")
        more = json.loads(self.site.build("1").splitlines()[-1])
        case = more[0]
        self.visitors = {email: Visitor(email, self.ports) for email in (*case["asked"].values(), case["auditor"])}
        self.cases = more
        for email in case["asked"].values():
            self.visitors[email].sign_in()
            self._say_what_one_thinks(email, case)
        self._auditor().sign_in()
        taken = self._events("position_taken", [case["case"]])
        _hold(taken == len(case["asked"]), f"{taken} answers are in the ledger after processes were killed")
        until("every message has gone out without the worker that was killed", self._nothing_waits, 120)
        self._say(f"One web process and one worker were killed: {taken} more answers taken, {self._letters()} letters in all, each once.")

    def the_replica_is_lost_and_comes_back(self) -> None:
        """Pages of the record go on from the primary, and go back to the replica."""
        self.replica.stop()
        self.the_record_is_read(from_replica=False)
        self.replica.start()
        time.sleep(REST)
        until("the replica has caught up", lambda: self._is_read_from_replica(), 30)
        self._say("Without the replica the record was read from the primary; it came back and was used again.")

    def the_record_is_read(self, from_replica: bool) -> None:
        before = self.replica.answered()
        page = words(self._auditor().get(f"{self.cases[0]['path']}record/"))
        _hold("said what they think" in page, f"the record was not shown: {page[:300]}")
        _hold((self.replica.answered() > before) is from_replica, "the record was read elsewhere than it should have been")

    def _is_read_from_replica(self) -> bool:
        before = self.replica.answered()
        self._auditor().get(f"{self.cases[0]['path']}record/")
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

    def _events(self, kind: str, cases: list[str]) -> int:
        keys = ", ".join(f"'{case}'" for case in cases)
        return int(self.primary.ask(f"SELECT count(*) FROM audit_event WHERE kind = '{kind}' AND case_id IN ({keys})"))

    def _nothing_waits(self) -> bool:
        settled = "at <= now() - interval '5 minutes'"
        notices = self.primary.ask(f"SELECT count(*) FROM notifications_notice WHERE by_mail AND dispatch_id IS NULL AND read_at IS NULL AND {settled}")
        return not notices and not self.primary.ask("SELECT count(*) FROM notifications_dispatch WHERE state = 'waiting' AND channel = 'email'")

    def _done_by(self) -> dict[str, int]:
        told = "SELECT coalesce(json_object_agg(worker, number), '{}') FROM (SELECT worker_ids->>0 AS worker, count(*) AS number FROM "
        return dict(self.primary.ask(f"{told}django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL' GROUP BY 1) AS done"))

    def _letters(self) -> int:
        """How many letters went out. Each is in the folder as often as it was sent, and the database knows each."""
        found = Counter(number for file in (self.folder / "letters").iterdir() for number in _numbers(file))
        twice = [number for number, times in found.items() if times > 1]
        _hold(not twice, f"{len(twice)} letters were sent twice")
        known = self.primary.ask("SELECT count(*) FROM notifications_dispatch WHERE state = 'sent' AND channel = 'email'")
        _hold(len(found) == known, f"{len(found)} letters were sent and {known} are known")
        return len(found)

    def _say(self, what: str) -> None:
        print(f"{time.monotonic() - self.began:6.1f} s  {what}", flush=True)


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
