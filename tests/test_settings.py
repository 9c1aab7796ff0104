"""Settings refuse what would be dangerous or meaningless, and say which variable to set."""

import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from iesogi.settings import storage_from

ROOT = Path(__file__).resolve().parent.parent


def settings_under(tmp_path, **environment):
    """What a process sees that starts under these variables alone; an empty .env keeps the real one out."""
    program = (
        "import environ; environ.Env.read_env = staticmethod(lambda *args, **kwargs: None)\n"
        "import iesogi.settings as found\n"
        "print(found.SECURE_SSL_REDIRECT, found.STORAGES['default']['BACKEND'], found.EMAIL_FILE_PATH)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "secret", [{}, {"SECRET_KEY": ""}, {"SECRET_KEY": "change-me"}], ids=["none", "empty", "example"]
)
def test_process_refuses_to_start_without_a_secret_of_its_own(tmp_path, secret):
    started = settings_under(tmp_path, DEBUG="0", **secret)
    assert started.returncode == 1
    assert "SECRET_KEY is missing or still the example value" in started.stderr.splitlines()[-1]


def test_process_starts_with_a_secret_of_its_own(tmp_path):
    started = settings_under(tmp_path, SECRET_KEY="x" * 50)
    storage = "django.core.files.storage.FileSystemStorage"
    assert started.stdout.split() == ["True", storage, f"{tmp_path}/mail"], started.stderr


def test_debug_alone_may_start_without_a_secret(tmp_path):
    assert settings_under(tmp_path, DEBUG="1").returncode == 0


def test_unknown_storage_is_refused_by_name(tmp_path):
    started = settings_under(tmp_path, SECRET_KEY="x" * 50, STORAGE_URL="ftp://files.example.org/portal")
    assert started.returncode == 1
    assert "STORAGE_URL must be file:///absolute/folder" in started.stderr.splitlines()[-1]


def test_storage_url_of_a_folder():
    assert storage_from("file:///srv/portal%20files")["OPTIONS"] == {"location": "/srv/portal files", "base_url": None}


def test_storage_url_of_a_bucket():
    options = storage_from("s3://key:s%2Fcret@store.example.org:9000/portal?region=eu-central-1")["OPTIONS"]
    assert options == {
        "access_key": "key",
        "secret_key": "s/cret",
        "endpoint_url": "https://store.example.org:9000",
        "bucket_name": "portal",
        "region_name": "eu-central-1",
        "addressing_style": "path",
        "default_acl": "private",
        "file_overwrite": False,
    }


@pytest.mark.parametrize("url", ["s3://key:secret@host", "s3:///bucket", "", "files"])
def test_storage_url_that_names_no_place_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        storage_from(url)


class Bucket(BaseHTTPRequestHandler):
    """As much of an S3 store as keeping, finding and removing one file takes."""

    kept: dict[str, bytes]

    def log_message(self, *args):
        pass

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            size, _, rest = body.partition(b"\r\n")
            body = rest[: int(size, 16)]
        self.kept[urlsplit(self.path).path] = body
        self.answer(200)

    def do_GET(self):
        body = self.kept.get(urlsplit(self.path).path)
        self.answer(404 if body is None else 200, body or b"")

    def do_HEAD(self):
        known = urlsplit(self.path).path in self.kept
        self.send_response(200 if known else 404)
        self.send_header("Content-Length", str(len(self.kept[urlsplit(self.path).path])) if known else "0")
        self.end_headers()

    def do_DELETE(self):
        self.kept.pop(urlsplit(self.path).path, None)
        self.answer(204)


@pytest.fixture
def store():
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("OneBucket", (Bucket,), {"kept": {}}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_file_goes_to_an_s3_store_and_comes_back(store):
    url = f"s3://key:secret@127.0.0.1:{store.server_port}/portal?region=eu-central-1&scheme=http"
    storage = storages.create_storage(storage_from(url))

    name = storage.save("documents/one.pdf", ContentFile(b"%PDF-1.7"))

    with storage.open(name) as file:
        assert file.read() == b"%PDF-1.7"
    assert store.RequestHandlerClass.kept == {"/portal/documents/one.pdf": b"%PDF-1.7"}
    storage.delete(name)
    assert not storage.exists(name)


def test_every_variable_is_documented():
    """A setting that operations.md does not name is one that nobody will set."""
    read = set(
        re.findall(r"""env(?:\.\w+)?\(\s*f?["']([A-Z_]+)""", (ROOT / "iesogi" / "settings.py").read_text("utf-8"))
    )
    documented = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "operations.md").read_text("utf-8")))
    assert {name for name in read if name.rstrip("_") not in documented} == set()
