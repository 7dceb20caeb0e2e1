"""``python -m deploy``: nginx in front of N processes of the page, until SIGTERM.

SIGHUP restarts the processes one by one and lets nginx read its certificate anew.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from deploy import nginx
from deploy.fleet import ROOT, Fleet, FleetError
from deploy.frontend import compress, frontend


def main() -> int:
    """Serve; returns the exit status (0 stopped, 2 could not start)."""
    options = _options()
    run = options.run.resolve()
    try:
        settings = nginx.Settings(
            listen=options.listen,
            ports=tuple(range(options.first_port, options.first_port + options.processes)),
            run=run,
            static=ROOT / "static",
            frontend=frontend((options.cache or run).resolve()),
            site=options.site and options.site.resolve(),
            embedded=options.embedded,
            sockets=options.sockets,
            ancestors=os.environ.get("FRAME_ANCESTORS", "'self'"),
            access_log=options.access_log,
            certificate=options.certificate and options.certificate.absolute(),
            key=options.key and options.key.absolute(),
            hsts=options.hsts,
            redirect=options.redirect,
            trusted=tuple(options.trust),
        )
        if settings.site:
            compress(settings.site)
        command = nginx.command(nginx.write(settings))
        return _serve(Fleet(settings.ports), command)
    except (FleetError, OSError, ValueError) as error:
        print(f"deploy: {error}", file=sys.stderr)
        return 2


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="deploy", description="nginx in front of N processes of the page.")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 2, metavar="N", help="default: one a core")
    parser.add_argument("--listen", default="127.0.0.1:8080", metavar="HOST:PORT", help="where readers come in")
    parser.add_argument("--first-port", type=int, default=8601, metavar="PORT", help="processes listen from here on")
    parser.add_argument("--run", type=Path, default=Path("/tmp/ceasefire-atlas"), metavar="DIR", help="scratch folder")  # noqa: S108
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="where the compressed frontend is kept (default: --run)"
    )
    parser.add_argument("--site", type=Path, metavar="DIR", help="serve this folder of files as /map/")
    parser.add_argument("--sockets", type=int, default=256, metavar="N", help="most sockets from one address")
    parser.add_argument(
        "--embedded", action="store_true", help="the page is shown in frames of other sites (HTTPS only)"
    )
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="PEM: readers come in over HTTPS; with --key")
    parser.add_argument("--key", type=Path, metavar="FILE", help="PEM: the key of the certificate")
    parser.add_argument(
        "--hsts", type=int, default=0, metavar="SECONDS", help="browsers shall insist on HTTPS for so long (default: 0)"
    )
    parser.add_argument("--redirect", metavar="HOST:PORT", help="send who comes here, without HTTPS, to HTTPS")
    parser.add_argument(
        "--trust", action="append", default=[], metavar="NETWORK", help="a balancer's network, such as 10.0.0.0/8"
    )
    parser.add_argument("--access-log", action="store_true", help="one JSON line a request, without address and query")
    options = parser.parse_args()
    if options.hsts < 0:
        parser.error("--hsts: give a number of seconds, 0 or more.")
    return options


def _serve(fleet: Fleet, command: list[str]) -> int:
    asked = {"stop": False, "restart": False}

    def note(number: int, _: FrameType | None) -> None:
        asked["restart" if number == signal.SIGHUP else "stop"] = True

    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, note)
    front: subprocess.Popen[bytes] | None = None
    try:
        fleet.start()
        front = subprocess.Popen(command)
        while not asked["stop"]:
            if front.poll() is not None:
                raise FleetError(f"nginx ended with status {front.returncode}.")
            if asked["restart"]:
                asked["restart"] = False
                fleet.restart()
                front.send_signal(signal.SIGHUP)
            fleet.mend()
            time.sleep(0.5)
    finally:
        if front is not None:
            front.terminate()
            front.wait()
        fleet.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
