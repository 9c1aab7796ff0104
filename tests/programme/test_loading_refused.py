"""A load into an empty database that has to refuse: a sentence, and nothing left behind."""

import pytest
from django.core.management import CommandError, call_command

from iesogi.programme.models import WorkProgramme


def test_bad_file_loads_nothing(db, tmp_path):
    file = tmp_path / "programme.yaml"
    file.write_text("work_programme: [", "utf-8")
    with pytest.raises(CommandError, match=r"programme\.yaml, line 1.*nothing was loaded"):
        call_command("load_work_programme", "--file", str(file))
    assert not WorkProgramme.objects.exists()


def test_missing_reference_data_is_said(db):
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_work_programme")
