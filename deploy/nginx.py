"""The configuration of nginx, from its template and a few settings."""

from __future__ import annotations

import ipaddress
import os
import re
import resource
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
COOKIE = "atlas_route"
"""Name of the cookie that keeps a reader with one process; it holds a random number and nothing about the reader."""
_SAFE_PATH = re.compile(r"[\w./@+-]+")
_ADDRESS = re.compile(r"([\w.*-]+|\[[0-9A-Fa-f:]+\]):\d{1,5}")


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
        The page is shown in frames of other sites: its cookies must then travel across sites (HTTPS only).
    ancestors
        Origins that may put the static site into a frame, as in ``FRAME_ANCESTORS``.
    access_log
        Whether each request is logged, as JSON, without address and query.
    certificate, key
        Files in PEM with the certificate (and those between it and a known root) and its key: readers come in over
        HTTPS.  Without them TLS must end before this nginx, or there is none.
    hsts
        For how many seconds browsers shall refuse to come without HTTPS; 0 says nothing of it.
    redirect
        Address and port without HTTPS from which readers are sent to HTTPS, as a rule port 80; None for none.
    trusted
        Networks of the balancers in front, whose ``X-Forwarded-For`` names the reader; nobody else's is believed.
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
    certificate: Path | None = None
    key: Path | None = None
    hsts: int = 0
    redirect: str | None = None
    trusted: tuple[str, ...] = ()


def configuration(settings: Settings) -> str:
    """The whole configuration file.

    Raises
    ------
    ValueError
        When a name holds something that nginx would read as syntax, a network is none, or TLS is only half asked for.
    """
    places = (settings.run, settings.static, settings.frontend, settings.site, settings.certificate, settings.key)
    for place in places:
        if place is not None and not _SAFE_PATH.fullmatch(str(place)):
            raise ValueError(
                f"“{place}”: nginx can't be given a file or folder whose name holds blanks or signs; choose another."
            )
    for address in (settings.listen, settings.redirect):
        if address is not None and not _ADDRESS.fullmatch(address):
            raise ValueError(
                f"“{address}” is no address to listen on: write HOST:PORT, such as 0.0.0.0:8080 or [::]:8080."
            )
    servers = [f"        server 127.0.0.1:{port} max_fails=1 fail_timeout=3s;" for port in settings.ports]
    return _template("nginx.conf.template").substitute(
        listen=settings.listen,
        tls=" ssl http2" if settings.certificate else "",
        certificate=_certificate(settings),
        strict=f"max-age={settings.hsts}" if settings.hsts else "",
        servers="\n".join(servers),
        processes=len(settings.ports),
        run=settings.run,
        static=settings.static,
        frontend=settings.frontend,
        workers=settings.workers,
        connections=(_files(settings) - 64) // 2,
        files=_files(settings),
        sockets=settings.sockets,
        upload=f"{_upload_megabytes() + 1}m",
        cookie=COOKIE,
        travels=" samesite=none" if settings.embedded else "",
        # nginx knows no flag of this name; what follows the path is passed on as it is.
        partitioned='        proxy_cookie_path / "/; Partitioned";\n' if settings.embedded else "",
        same_site="SameSite=None; Partitioned" if settings.embedded else "SameSite=Lax",
        access_log="/dev/stdout line" if settings.access_log else "off",
        site=_site(settings),
        redirect=_redirect(settings),
        trusted=_trusted(settings),
    )


def _files(settings: Settings) -> int:
    """How many files a worker may open: two for each connection, as far as this machine lets an ordinary user."""
    wanted, (_, most) = 2 * settings.connections + 64, resource.getrlimit(resource.RLIMIT_NOFILE)
    bound = os.geteuid() != 0 and most != resource.RLIM_INFINITY
    return max(256, min(wanted, most)) if bound else wanted


def _certificate(settings: Settings) -> str:
    """The lines that make a server speak TLS; refuses half a pair and a missing file."""
    if settings.certificate is None or settings.key is None:
        if settings.certificate or settings.key:
            raise ValueError("TLS needs both --certificate and --key.")
        return ""
    for file in (settings.certificate, settings.key):
        if not file.is_file():
            raise ValueError(f"“{file}” is no file: give the certificate and its key in PEM.")
    return _template("tls.conf.template").substitute(certificate=settings.certificate, key=settings.key)


def _redirect(settings: Settings) -> str:
    if settings.redirect is None:
        return ""
    if settings.certificate is None:
        raise ValueError("--redirect sends readers to HTTPS: give --certificate and --key too.")
    return _template("redirect.conf.template").substitute(listen=settings.redirect)


def _trusted(settings: Settings) -> str:
    """The lines by which a reader behind a balancer is counted by the own address, not by the balancer's."""
    if not settings.trusted:
        return ""
    networks = [ipaddress.ip_network(network) for network in settings.trusted]
    lines = [f"set_real_ip_from {network};" for network in networks]
    lines += ["real_ip_header X-Forwarded-For;", "real_ip_recursive on;"]
    return "".join(f"    {line}\n" for line in lines)


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
