"""Python reads this at its start where the folder is on PYTHONPATH: every host that a served process asks for is written down."""

import os
import sys

LOG = os.environ.get("OUTBOUND_LOG")
OWN = ("127.0.0.1", "::1", "localhost", "0.0.0.0", "::")


def watch(event, arguments):
    if event == "socket.connect":
        asked = arguments[1]
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        asked = arguments[:1]
    else:
        return
    # A path is a socket of this machine's own.
    if isinstance(asked, tuple) and asked and str(asked[0]) not in OWN and asked[0] is not None:
        with open(LOG, "a", encoding="utf-8") as log:  # noqa: PTH123 nothing may be imported here
            log.write(f"{event} {asked}\n")


if LOG:
    sys.addaudithook(watch)
