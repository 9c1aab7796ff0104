"""A file as a browser sends it."""

import io

from django.core.files.uploadhandler import load_handler
from django.http.multipartparser import MultiPartParser

BOUNDARY = "----files"


def part(name, body, filename=None, content_type="application/octet-stream"):
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
    if filename is not None:
        head += f'; filename="{filename}"\r\nContent-Type: {content_type}'
    return head.encode("utf-8", "surrogatepass") + b"\r\n\r\n" + body + b"\r\n"


def body(*parts):
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def parse(data):
    """Fields and files, through the handler of the settings."""
    meta = {"CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}", "CONTENT_LENGTH": len(data)}
    handlers = [load_handler("iesogi.vault.uploads.SealedUploadHandler", None)]
    return MultiPartParser(meta, io.BytesIO(data), handlers, "utf-8").parse()


def upload(data, name="evidence.bin"):
    return parse(body(part("files", data, name)))[1]["files"]
