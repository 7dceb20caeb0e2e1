"""Python reads this at its start where the folder is on PYTHONPATH: a process stops itself at a moment that a test names."""

import os
import re
import sys

AT, TIMES, SIGNAL = (os.environ.get(f"STOP_{name}", "") for name in ("AT", "TIMES", "SIGNAL"))
left = [int(TIMES or 0)]


def watch(event, arguments):
    if left[0] and event in {"open", "os.rename", "sqlite3.connect"} and re.search(AT, f"{event} {arguments}"):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), int(SIGNAL))


if AT:
    sys.addaudithook(watch)
