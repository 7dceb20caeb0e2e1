"""The configuration of nginx, from its template and a few settings."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
COOKIE = "atlas_route"
"""Name of the cookie that keeps a reader with one process; it holds a random number and nothing about the reader."""
_SAFE_PATH = re.compile(r"[\w./@+-]+")


@dataclass(frozen=True)
class Settings:
    """What differs between installations.

    Parameters
    ----------
    listen
        Address and port that readers reach.
    ports
        Ports on loopback of the processes of the page.
    run, static, frontend
        Folders: nginx's own scratch, the map's hashed files, Streamlit's frontend with ``.gz`` siblings.
    site
        Folder of the static site, or None for none.
    sockets
        Most websockets from one network address; a school behind one address counts as one.
    embedded
        The page is shown in frames of other sites: the cookie must then travel across sites (HTTPS only).
    ancestors
        Origins that may put the static site into a frame, as in ``FRAME_ANCESTORS``.
    access_log
        Whether each request is logged, as JSON, without address and query.
    """

    listen: str
    ports: tuple[int, ...]
    run: Path
    static: Path
    frontend: Path
    site: Path | None = None
    site_path: str = "/map"
    workers: str = "auto"
    connections: int = 8192
    sockets: int = 256
    embedded: bool = False
    ancestors: str = "'self'"
    access_log: bool = False


def configuration(settings: Settings) -> str:
    """The whole configuration file.

    Raises
    ------
    ValueError
        When a folder's name holds something that nginx would read as syntax.
    """
    for folder in (settings.run, settings.static, settings.frontend, settings.site):
        if folder is not None and not _SAFE_PATH.fullmatch(str(folder)):
            raise ValueError(
                f"“{folder}”: nginx can't be given a folder whose name holds blanks or signs; choose another."
            )
    servers = [f"        server 127.0.0.1:{port} max_fails=1 fail_timeout=3s;" for port in settings.ports]
    return _template("nginx.conf.template").substitute(
        listen=settings.listen,
        servers="\n".join(servers),
        processes=len(settings.ports),
        run=settings.run,
        static=settings.static,
        frontend=settings.frontend,
        workers=settings.workers,
        connections=settings.connections,
        files=2 * settings.connections + 64,
        sockets=settings.sockets,
        upload=f"{_upload_megabytes() + 1}m",
        cookie=COOKIE,
        same_site="SameSite=None; Partitioned" if settings.embedded else "SameSite=Lax",
        access_log="/dev/stdout line" if settings.access_log else "off",
        site=_site(settings),
    )


def _upload_megabytes() -> int:
    """The largest upload that the page takes, from Streamlit's own settings file."""
    settings = tomllib.loads((HERE.parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    return int(settings["server"]["maxUploadSize"])


def _site(settings: Settings) -> str:
    if settings.site is None:
        return ""
    values = {"path": settings.site_path, "folder": settings.site, "ancestors": settings.ancestors}
    return _template("site.conf.template").substitute(values)


def _template(name: str) -> Template:
    return Template((HERE / name).read_text(encoding="utf-8"))


def write(settings: Settings) -> Path:
    """Write the configuration into ``settings.run``; returns its path."""
    for folder in (settings.run, settings.run / "nothing"):
        folder.mkdir(parents=True, exist_ok=True)
    path = settings.run / "nginx.conf"
    beside = path.with_suffix(f".{os.getpid()}.part")
    beside.write_text(configuration(settings), encoding="utf-8")
    beside.replace(path)
    return path


def command(path: Path) -> list[str]:
    """The command that runs nginx with a configuration, in the foreground.

    Raises
    ------
    ValueError
        When nginx is not installed, saying how to get it.
    """
    import shutil

    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if program is None:
        raise ValueError("nginx is not installed: `apt-get install nginx-light` on Debian, or put it on PATH.")
    return [program, "-e", "stderr", "-p", str(path.parent), "-c", str(path)]
