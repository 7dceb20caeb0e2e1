"""``python -m deploy.audit``: known vulnerabilities of the pinned packages, and whether they could be looked up at all.

pip-audit asks the package index about every package of the lock file.  Asked alone it says "No known vulnerabilities
found" also where the index answered nothing: what could not be looked up is counted here, and said.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CLEAN, VULNERABLE, UNCHECKED = 0, 1, 2
"""Exit statuses; also VULNERABLE: a lock file that can't be audited as it stands."""


class NotChecked(Exception):  # noqa: N818 a state of affairs, not a fault of the packages
    """The index could not be asked; the message says why."""


def audit(lock: Path, osv: str | None = None) -> list[dict[str, Any]]:
    """What pip-audit found out about each package: name, version and ``vulns``, or ``skip_reason``.

    Parameters
    ----------
    lock
        Requirements with hashes.
    osv
        Address of an OSV service to ask instead of the package index.

    Raises
    ------
    ValueError
        When the lock file itself can't be audited: a package without hash or version.
    NotChecked
        When the index gave no answer.
    """
    service = ["-s", "osv", "--osv-url", osv] if osv else []
    dry = _run(lock, [*service, "--dry-run"])
    if dry.returncode:
        raise ValueError(_last(dry.stderr))
    done = _run(lock, service)
    if not done.stdout.strip():
        raise NotChecked(_last(done.stderr))
    found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    return found


def _run(lock: Path, options: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", "20", *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _last(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return lines[-1].removeprefix("ERROR:pip_audit._cli:")[:200] if lines else "pip-audit said nothing"


def report(found: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """Exit status and sentences: each vulnerability by its name, then what was and what was not checked."""
    holes = [(one["name"], one["version"], hole) for one in found for hole in one.get("vulns", [])]
    skipped = [one["name"] for one in found if "skip_reason" in one]
    said = [
        f"{name} {version}: {hole['id']}, {_mended(hole)}: {hole.get('description', '')[:160]}"
        for name, version, hole in holes
    ]
    checked = len(found) - len(skipped)
    said.append(f"{len(holes)} known vulnerabilities in {checked} packages that the index answered for.")
    if skipped:
        said.append(
            f"Vulnerabilities of {len(skipped)} of {len(found)} packages were NOT checked: the index that was asked does not know them ({', '.join(skipped)})."
        )
    return (VULNERABLE if holes else UNCHECKED if skipped or not checked else CLEAN), said if checked else said[-1:]


def _mended(hole: dict[str, Any]) -> str:
    fixed = ", ".join(hole.get("fix_versions", []))
    return f"mended in {fixed}" if fixed else "no release mends it yet"


def main(arguments: list[str] | None = None) -> int:
    """Audit the lock file; returns 0 when nothing is known, 1 for vulnerabilities, 2 when not all could be checked."""
    parser = argparse.ArgumentParser(prog="deploy.audit", description="Known vulnerabilities of the pinned packages.")
    parser.add_argument("lock", nargs="?", type=Path, default=ROOT / "requirements.txt", metavar="FILE")
    parser.add_argument("--osv", metavar="URL", help="ask this OSV service instead of the package index")
    parser.add_argument("--go-on", action="store_true", help="what could not be checked is said and is no failure")
    options = parser.parse_args(arguments)
    try:
        status, said = report(audit(options.lock, options.osv))
    except NotChecked as reason:
        status, said = UNCHECKED, [f"Vulnerabilities were NOT checked: the index could not be asked ({reason})."]
    except ValueError as error:
        status, said = VULNERABLE, [str(error)]
    for sentence in said:
        print(f"audit: {sentence}", file=sys.stderr if status else sys.stdout)
    return CLEAN if status == UNCHECKED and options.go_on else status


if __name__ == "__main__":
    sys.exit(main())
