"""What each rule answers in each test: a pytest plugin that notes it while the tests run."""

from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from time import perf_counter
from types import FunctionType
from typing import Any

import pytest

Answer = tuple[int, bool]  # of which rule, by its number


@dataclass(frozen=True)
class Run:
    """A test that was run, how long it took, and every answer that a rule gave in it."""

    test: str
    seconds: float
    answers: frozenset[Answer]


class Recorder:
    """What a fixture is answered counts for all tests that share it, though the first of them alone sets it up."""

    def __init__(self, rules: list[FunctionType]) -> None:
        self.answers: set[Answer] = set()
        self.by_fixture: defaultdict[str, set[Answer]] = defaultdict(set)
        self.runs: list[Run] = []
        self.failures: list[str] = []
        for number, rule in enumerate(rules):
            self.overhear(rule, number)

    def overhear(self, rule: FunctionType, number: int) -> None:
        """From now on each answer is noted, whoever has imported the rule under which name."""
        original = FunctionType(rule.__code__, rule.__globals__, argdefs=rule.__defaults__)
        original.__kwdefaults__ = rule.__kwdefaults__

        def answer(*values: Any, **named: Any) -> Any:
            found = original(*values, **named)
            self.answers.add((number, bool(found)))
            return found

        rule.__globals__[f"overheard_{number}"] = answer
        rule.__code__ = eval(f"lambda *values, **named: overheard_{number}(*values, **named)").__code__

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        before, self.answers = self.answers, set()
        try:
            return (yield)
        finally:
            self.by_fixture[fixturedef.argname] |= self.answers
            self.answers |= before

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> Generator[None, Any, Any]:
        self.answers = set()
        begun = perf_counter()
        result = yield
        answers = self.answers.union(*(self.by_fixture[name] for name in item.fixturenames))
        self.runs.append(Run(item.nodeid, perf_counter() - begun, frozenset(answers)))
        return result

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failures.append(f"{report.nodeid}\n{report.longreprtext}")
