"""A little of `make attack`; its queries that take all they can are in test_limits.py."""

import re
import subprocess
import sys

from front_door import ROOT


def test_a_short_attack():
    command = [sys.executable, "tests/attack", "--requests", "150", "--inputs", "5", "--kills", "4", "--no-bombs"]
    result = subprocess.run([*command, "--no-updates"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, re.findall(r"(.*): (\d+) tried, (\d+) held", result.stdout)) == (
        0,
        [
            ("hostile requests", "151", "151"),
            ("mutated inputs", "5", "5"),
            ("builds killed", "3", "3"),
            ("bakes killed", "3", "3"),
        ],
    ), result.stdout + result.stderr
