"""A little of `make attack`; its queries that take all they can are in test_limits.py."""

import re
import subprocess
import sys

from front_door import ROOT


def test_a_short_attack():
    command = [sys.executable, "tests/attack", "--requests", "100", "--inputs", "3", "--kills", "2", "--no-bombs"]
    result = subprocess.run([*command, "--no-updates"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, re.findall(r"(.*): (\d+) tried, (\d+) held", result.stdout)) == (
        0,
        [
            ("hostile requests", "101", "101"),
            ("mutated inputs", "3", "3"),
            ("builds killed", "2", "2"),
            ("bakes killed", "2", "2"),
        ],
    ), result.stdout + result.stderr
