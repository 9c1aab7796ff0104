"""A mark in every field, file, file name and metadata of a report, looked for wherever something could stay."""

import io
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings as project
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from communications.intake.fields import TextField
from communications.intake.steps import STEPS
from tests.communications.intake.conftest import case, opened

pytestmark = pytest.mark.django_db
MARK = "Zq7canaryK4"


def picture():
    written, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = MARK
    Image.new("RGB", (8, 8)).save(written, "JPEG", exif=exif, comment=MARK.encode())
    return SimpleUploadedFile(f"{MARK}.jpg", written.getvalue(), content_type="image/jpeg")


def everything(step):
    """The mark in every text of a page, in every row it has."""
    fields = {name: field for part in step.parts for name, field in part.form.base_fields.items()}
    if step.rows:
        fields |= {f"{step.rows.kind}-0-{name}": field for name, field in step.rows.form.base_fields.items()}
    return {name: f"{MARK} {name}" for name, field in fields.items() if isinstance(field, TextField)}


@pytest.fixture
def quiet_folders(settings, tmp_path):
    """Storage, temporary files and cache of this test alone."""
    for name in ("files", "temp", "cache"):
        (tmp_path / name).mkdir()
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "files", "base_url": None},
        }
    }
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "temp")
    return tmp_path


def test_mark_stays_nowhere_in_clear(sender, amal, custodian, quiet_folders, caplog):
    image = picture()  # made before: the library that makes it logs what it writes
    caplog.set_level("DEBUG")
    sender.fill("matter", matter="pattern")
    for step in STEPS:
        sender.to(step.name)
        if step.name == "victims":
            sender.press("add")
        sender.press("review", **everything(step))
    table = SimpleUploadedFile(f"{MARK}.csv", f"name,other\n{MARK} one,{MARK} two\n".encode())
    sender.to("victims").press("stay", files={"table": table})
    text = SimpleUploadedFile(f"{MARK}.txt", MARK.encode())
    sender.send(files={"files": [image, text]}, description=f"{MARK} files")
    assert sender.number

    # It did arrive, whole.
    content, identity = opened(amal, case().content_id), opened(custodian, case().identity_id)
    assert str(content).count(MARK) > 15
    assert str(identity).count(MARK) > 12

    assert rows_with(MARK) == []
    assert files_with(MARK.encode(), quiet_folders) == []
    assert files_with(MARK.encode(), Path(project.VAR_DIR)) == []
    assert MARK not in caplog.text
    assert sender.number not in caplog.text
    assert mail.outbox == []
    assert not LogEntry.objects.exists()


def rows_with(mark):
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values_list():
            text = " ".join(
                bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                for value in row
            )
            if mark in text:
                found.append(model._meta.label)
    return found


def files_with(mark, folder):
    return [path for path in folder.rglob("*") if path.is_file() and re.search(re.escape(mark), path.read_bytes())]
