"""Draws with vl-convert in a process of its own: a job goes in, SVG or PNG comes out."""

import json
import subprocess
import sys
from functools import lru_cache
from threading import Lock, Timer

from .declared import ChartError

# A process of its own: after an error vl-convert's next chart would fail as well, so it ends with the error.
WORKER = """
import base64, json, sys, vl_convert
for line in sys.stdin:
    job = json.loads(line)
    try:
        if "svg" in job:
            made = base64.b64encode(vl_convert.svg_to_png(job["svg"], scale=2)).decode()
        else:
            made = vl_convert.vegalite_to_svg(job["spec"], allowed_base_urls=[])
    except Exception as error:
        sys.exit(print(json.dumps({"error": str(error)})))
    print(json.dumps({"made": made}), flush=True)
"""
PATIENCE = 60  # seconds; a site that is baked beside other work must not lack a chart
working: list[subprocess.Popen[str]] = []  # the worker, if there is one
lock = Lock()


def find_worker() -> subprocess.Popen[str]:
    """The worker; a new one where there is none, or it has ended."""
    if not working or working[0].poll() is not None:
        command = [sys.executable, "-c", WORKER]
        pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
        working[:] = [subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nowhere, text=True)]
    return working[0]


@lru_cache(200)
def work(job: str) -> str:
    """The worker's answer. Raises ChartError if it fails, and the next job finds a new worker."""
    with lock:
        return hand_over(job)


def hand_over(job: str) -> str:
    worker = find_worker()
    assert worker.stdin and worker.stdout  # it has been given both
    alarm = Timer(PATIENCE, worker.kill)
    alarm.start()
    try:
        worker.stdin.write(job + "\n")
        worker.stdin.flush()
        answer = json.loads(worker.stdout.readline() or '{"error": "it took too long"}')
    except OSError:
        answer = {"error": "it could not be started"}
    finally:
        alarm.cancel()
    if "error" in answer:
        worker.kill()
        worker.wait()
        working.clear()
        raise ChartError(f"Vega-Lite cannot draw it: {answer['error'].strip().splitlines()[0]}")
    return str(answer["made"])
