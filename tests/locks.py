"""What requirements/ pins: each package with its version and the hashes of its files."""

import re

from front_door import ROOT


def locked(name):
    """`serve`, `build` or `test`: {"datasette==0.65.5": {"sha256:5c1b…", …}}, conditions left aside."""
    pins = {}
    for line in (ROOT / f"requirements/{name}.txt").read_text().splitlines():
        if pin := re.match(r"[\w.-]+==[^ ]+", line):
            hashes = pins[pin[0]] = set()
        elif found := re.search(r"--hash=([^ ]+)", line):
            hashes.add(found[1])
    return pins
