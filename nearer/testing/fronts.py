"""What `docs/operating/proxy.md` puts in front of a copy, run as it stands there: nginx and Caddy, with TLS, at a name and a port."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from nearer.testing.server import free_port

DOCS = Path(__file__).parents[2] / "docs" / "operating" / "proxy.md"
NAME = "nearer.home.example.org"  # a name below another one
BEGIN_SECONDS = 30.0
PAUSE = 0.02

# As unkind to a stream as a distribution's own file may be: all that leaves is compressed.
NGINX = """
user root; daemon off; pid {folder}/pid; error_log {folder}/log; worker_processes 1;
events {{}}
http {{
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  gzip on; gzip_types *; gzip_min_length 0; gzip_proxied any;
  {told}
}}
"""
CADDY = """
{{
	admin off
	skip_install_trust
	auto_https disable_redirects
}}
{told}
"""


def told(language: str) -> list[str]:
    """Return what the page shows in a language: "nginx", the locations and then the servers; "caddyfile", one site."""
    return re.findall(rf"```{language}\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)


def program(name: str) -> str:
    """Return where a program is; "" where it is not installed."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin") or ""


@dataclass(frozen=True, kw_only=True)
class Front:
    """A proxy before a copy.

    Attributes:
        url: the address that people use.
        port: where it listens on this machine, at every address of it.
    """

    url: str
    port: int


@contextmanager
def front(kind: str, behind: int, folder: Path) -> Iterator[Front]:
    """Let a proxy stand before a port of this machine, until the block ends.

    Args:
        kind: "nginx" or "caddy".
        behind: the port that a copy listens on, now or later.
        folder: for what the proxy writes; made here.
    """
    folder.mkdir()
    port = free_port()
    command = {"nginx": _nginx, "caddy": _caddy}[kind](port, behind, folder)
    with (folder / "said").open("ab") as said:
        proxy = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, **_homes(folder)})  # noqa: S603
    try:
        _wait(port, folder / "said")
        yield Front(url=f"https://{NAME}:{port}", port=port)
    finally:
        proxy.terminate()
        proxy.wait(20)


def _nginx(port: int, behind: int, folder: Path) -> list[str]:
    locations, servers = told("nginx")
    certificate(folder)
    (folder / "nearer.conf").write_text(locations.replace("127.0.0.1:8000", f"127.0.0.1:{behind}"), "utf-8")
    servers = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", f"{folder}/cert.pem", servers)
    servers = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", f"{folder}/key.pem", servers)
    servers = servers.replace("/etc/nginx/nearer.conf", f"{folder}/nearer.conf")
    servers = servers.replace("nearer.example.org", NAME)
    servers = servers.replace("listen 443", f"listen {port}").replace("listen 80", f"listen {free_port()}")
    (folder / "conf").write_text(NGINX.format(folder=folder, told=servers), "utf-8")
    return [program("nginx"), "-p", str(folder), "-c", str(folder / "conf")]


def _caddy(port: int, behind: int, folder: Path) -> list[str]:
    (site,) = told("caddyfile")
    site = site.replace("nearer.home.arpa", f"{NAME}:{port}").replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    (folder / "Caddyfile").write_text(CADDY.format(told=site), "utf-8")
    return [program("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


def certificate(folder: Path) -> None:
    """Make a certificate for the name that nobody trusts, and its key, in a folder."""
    made = f"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN={NAME} -keyout {folder}/key.pem -out {folder}/cert.pem"
    subprocess.run([program("openssl"), *made.split()], check=True, capture_output=True)  # noqa: S603


def _homes(folder: Path) -> dict[str, str]:
    return {name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}


def _wait(port: int, said: Path) -> None:
    """Wait until it has its certificate: it listens before."""
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    until = time.monotonic() + BEGIN_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=PAUSE * 50) as probe:
            anyone.wrap_socket(probe, server_hostname=NAME).close()
            return
        time.sleep(PAUSE)
    raise RuntimeError(said.read_text("utf-8")[-2000:])
