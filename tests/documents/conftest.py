"""A small template of its own, so that these tests do not depend on any real document."""

from datetime import date
from pathlib import Path

import pytest

from iesogi.documents import services
from tests.documents.storages import AwayStorage

HERE = Path(__file__).parent
AS_OF = date(2022, 6, 30)


@pytest.fixture(autouse=True)
def templates_for_tests(settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], HERE / "templates"]}]


@pytest.fixture(autouse=True)
def storage_of_its_own(settings, tmp_path):
    where = tmp_path / "files"
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**settings.STORAGES["default"], "OPTIONS": {"location": str(where), "base_url": None}},
    }
    return where


@pytest.fixture
def storage_away(settings, monkeypatch, storage_of_its_own):
    """`storage_away(TimeoutError())` lets every attempt to store a file end in that error."""

    def away(error):
        monkeypatch.setattr(AwayStorage, "error", error)
        default = {**settings.STORAGES["default"], "BACKEND": "tests.documents.storages.AwayStorage"}
        settings.STORAGES = {**settings.STORAGES, "default": default}

    return away


@pytest.fixture
def ask():
    """`ask(text="…")` queues one small document."""

    def request(*, text="Forty-two letters.", template="pdf/small.html", language="en", kind="small", by=None, **more):
        return services.request(
            kind=kind,
            title="A small document",
            template=template,
            snapshot={"text": text, **more},
            language=language,
            as_of=AS_OF,
            by=by,
        )

    return request
