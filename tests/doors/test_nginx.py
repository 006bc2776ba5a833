"""What `docs/operating` tells nginx, told to a real one: forms, files and streams pass through it, and the streams at once."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from nearer.testing.media import photo
from nearer.testing.server import Copy, free_port

DOCS = Path(__file__).parents[2] / "docs" / "operating" / "README.md"
TOLD = re.compile(r"```nginx\n(.*?)```", re.DOTALL)
# As unkind to a stream as a distribution's own file may be: all that leaves is compressed.
AROUND = """
user root; daemon off; pid {folder}/pid; error_log {folder}/log; worker_processes 1;
events {{}}
http {{
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  gzip on; gzip_types *; gzip_min_length 0; gzip_proxied any;
  server {{ listen 127.0.0.1:{port}; {told} }}
}}
"""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"

pytestmark = pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed")


@pytest.fixture
def front(tmp_path: Path) -> Iterator[httpx.Client]:
    """A browser that comes by nginx."""
    port, copy = free_port(), Copy(data=tmp_path / "data", port=free_port())
    copy.databases["NEARER_URL"] = f"http://127.0.0.1:{port}"
    found = TOLD.search(DOCS.read_text(encoding="utf-8"))
    assert found, "the page shows what to tell nginx"
    told = found[1].replace("127.0.0.1:8000", f"127.0.0.1:{copy.port}")
    (tmp_path / "conf").write_text(AROUND.format(folder=tmp_path, port=port, told=told), encoding="utf-8")
    copy.start()
    nginx = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(tmp_path / "conf")])
    transport = httpx.HTTPTransport(retries=8)  # until it listens
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", transport=transport, timeout=20) as client:
        yield client
    nginx.terminate()
    nginx.wait(20)
    copy.stop()


def send(client: httpx.Client, page: str, address: str, **fields: str) -> httpx.Response:
    """Send a form of a page, as a browser would."""
    token = TOKEN.search(client.get(page, follow_redirects=True).text)
    assert token
    sent = {"csrfmiddlewaretoken": token[1], **fields}
    return client.post(
        address, data=sent, headers={"origin": str(client.base_url).rstrip("/")}, follow_redirects=True
    )


def test_forms_files_and_streams_pass_through(front: httpx.Client) -> None:
    account = {"name": "Sam", "username": "sam", "passphrase": "quiet lantern river moss"}
    signed = send(front, "/signup", "/signup", **account)
    code = re.search(r"data-recovery-code[^>]*>([^<]+)<", signed.text)
    assert code
    send(front, "/signup/recovery", "/signup/recovery", code=code[1].strip())
    today = front.get("/").text
    news = re.search(r'data-news="([^"]+)"', today)
    assert news

    with front.stream("GET", f"/live/{news[1]}", headers={"accept-encoding": "gzip"}) as stream:
        heard = stream.iter_text()
        assert "event: at" in next(heard)
        assert "event: beat" in next(heard)

    send(front, "/invite", "/invite", kin="friend")
    bond = re.search(r"/b/[0-9a-f-]{36}", front.get("/us").text)
    assert bond
    raw = photo((1400, 1100), "PNG", noise=True)
    assert len(raw) > 4 << 20
    token = TOKEN.search(front.get("/invite").text)
    assert token
    kept = front.post(
        f"{bond[0]}/keepsakes/photo",
        data={"csrfmiddlewaretoken": token[1]}, files={"file": ("a.png", raw, "image/png")},
        headers={"origin": str(front.base_url).rstrip("/")}, follow_redirects=True,
    )  # fmt: skip
    assert kept.status_code < 413, "nobody has joined, and the copy itself says so"
    assert "Nearer" in kept.text


@pytest.mark.skipif(not shutil.which("openssl"), reason="nothing makes a certificate here")
def test_what_is_told_for_a_home_is_taken_as_it_stands(tmp_path: Path) -> None:
    locations, servers = TOLD.findall(DOCS.read_text(encoding="utf-8"))
    (tmp_path / "nearer.conf").write_text(locations, encoding="utf-8")
    made = f"req -x509 -newkey ed25519 -nodes -days 1 -subj /CN=a -keyout {tmp_path}/key.pem -out {tmp_path}/cert.pem"
    subprocess.run(["openssl", *made.split()], check=True, capture_output=True)
    told = re.sub(r"/etc/letsencrypt/\S+/fullchain.pem", f"{tmp_path}/cert.pem", servers)
    told = re.sub(r"/etc/letsencrypt/\S+/privkey.pem", f"{tmp_path}/key.pem", told)
    told = told.replace("/etc/nginx/nearer.conf", f"{tmp_path}/nearer.conf")
    around = AROUND.replace("server {{ listen 127.0.0.1:{port}; {told} }}", "{told}")
    (tmp_path / "conf").write_text(around.format(folder=tmp_path, told=told), encoding="utf-8")

    tried = subprocess.run(
        [NGINX, "-t", "-p", tmp_path, "-c", tmp_path / "conf"], capture_output=True, text=True, check=False
    )

    assert tried.returncode == 0, tried.stderr


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not installed")
def test_what_is_told_caddy_is_taken_as_it_stands(tmp_path: Path) -> None:
    found = re.search(r"```caddyfile\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    (tmp_path / "Caddyfile").write_text(found[1], encoding="utf-8")

    tried = subprocess.run(
        ["caddy", "validate", "--config", tmp_path / "Caddyfile", "--adapter", "caddyfile"],
        capture_output=True, text=True, check=False, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip

    assert tried.returncode == 0, tried.stderr
