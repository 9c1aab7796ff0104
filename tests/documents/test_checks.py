import pytest
from django.core.checks import run_checks

from iesogi.documents import checks


def test_a_machine_that_has_everything_gives_no_finding():
    found = [checks.check_pdf_libraries(None), checks.check_fonts(None), checks.check_storage_is_writable(None)]
    assert found == [[], [], []]


def test_missing_font_is_an_error_that_names_the_file(settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    first = checks.check_fonts(None)[0]
    assert (first.id, "NotoSerif-Regular.ttf" in first.msg, "docs/operations.md" in first.hint) == (
        "iesogi.E102",
        True,
        True,
    )


def test_storage_that_cannot_be_written_is_an_error(storage_of_its_own):
    storage_of_its_own.write_text("a file where a folder should be")
    [finding] = checks.check_storage_is_writable(None)
    assert (finding.id, "STORAGE_URL" in finding.hint) == ("iesogi.E103", True)


def test_storage_check_leaves_nothing_behind(storage_of_its_own):
    checks.check_storage_is_writable(None)
    assert [path for path in storage_of_its_own.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_checks_are_registered():
    assert [finding for finding in run_checks(include_deployment_checks=True) if finding.id in {"iesogi.E101"}] == []
    from django.core.checks.registry import registry

    names = {check.__name__ for check in registry.get_checks(include_deployment_checks=True)}
    assert {"check_fonts", "check_pdf_libraries", "check_storage_is_writable"} <= names
