import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from iesogi.settings import hexadecimal_key
from iesogi.vault import checks, installation, members, recovery, sealing
from tests.vault.conftest import RECOVERY, admit, with_vault

ROOT = Path(__file__).resolve().parents[2]
GOOD = {"INTAKE_SECRET": "ab" * 32, "RECOVERY_PUBLIC_KEY": "cd" * 32}


def started(tmp_path, module, **environment):
    """A process that sees these variables alone; an empty .env keeps the real one out."""
    program = f"import environ; environ.Env.read_env = staticmethod(lambda *args, **kwargs: None)\nimport {module}\n"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "SECRET_KEY": "x" * 50} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("missing", GOOD)
def test_web_process_refuses_to_start_without_its_keys(tmp_path, missing):
    given = {name: value for name, value in GOOD.items() if name != missing}
    run = started(tmp_path, "iesogi.wsgi", **given)
    assert run.returncode == 1
    assert f"{missing} is missing" in run.stderr.splitlines()[-1]


def test_web_process_refuses_to_start_beside_recovery_halves(tmp_path):
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "recovery-half-a").write_text("x")
    run = started(tmp_path, "iesogi.wsgi", **GOOD)
    assert "Recovery halves lie on this machine" in run.stderr.splitlines()[-1]


def test_web_process_starts_with_its_keys(tmp_path):
    run = started(tmp_path, "iesogi.wsgi", **GOOD)
    assert run.returncode == 0, run.stderr


def test_worker_starts_without_the_intake_secret(tmp_path):
    assert started(tmp_path, "iesogi.celery").returncode == 0


def test_trial_starts_without_any(tmp_path):
    assert started(tmp_path, "iesogi.wsgi", DEMO="1").returncode == 0


@pytest.mark.parametrize("value", ["change-me", "ab", "ab" * 31, "ab" * 33, "xy" * 32])
def test_malformed_key_is_refused_by_name(monkeypatch, value):
    monkeypatch.setenv("INTAKE_SECRET", value)
    with pytest.raises(ImproperlyConfigured, match="INTAKE_SECRET must be 64 hexadecimal digits"):
        hexadecimal_key("INTAKE_SECRET")


def test_well_formed_key_is_taken_with_the_blanks_of_a_paste(monkeypatch):
    monkeypatch.setenv("INTAKE_SECRET", f" {'ab' * 32} ")
    assert hexadecimal_key("INTAKE_SECRET") == "ab" * 32


@pytest.fixture
def trial(settings, tmp_path):
    settings.VAR_DIR, settings.DEMO = tmp_path, True
    settings.INTAKE_SECRET = settings.RECOVERY_PUBLIC_KEY = ""


def test_trial_makes_its_keys_once(trial):
    made = installation.make_embedded()
    assert made == ["intake-secret", "recovery-half-a", "recovery-half-b", "recovery-public"]
    secret = installation.intake_secret()
    assert installation.make_embedded() == []
    assert installation.intake_secret() == secret
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in installation.folder().iterdir())
    assert stat.S_IMODE(installation.folder().stat().st_mode) == 0o700


def test_halves_of_a_trial_belong_to_its_key(trial):
    installation.make_embedded()
    halves = [path.read_text() for path in installation.half_paths()]
    assert sealing.public_of(recovery.recovery_key(*halves)) == installation.recovery_public()


def test_files_of_a_trial_count_for_nothing_in_production(trial, settings):
    installation.make_embedded()
    settings.DEMO = False
    for ask in (installation.intake_secret, installation.recovery_public, installation.refuse_unless_ready):
        with pytest.raises(ImproperlyConfigured, match="is missing"):
            ask()


def test_purposes_have_keys_of_their_own():
    assert installation.subkey("one") != installation.subkey("two")
    assert len(installation.subkey("salt", size=16)) == 16


def test_production_refuses_halves_on_its_disk(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    installation.refuse_unless_ready()
    installation.folder().mkdir()
    installation.half_paths()[1].write_text("x")
    with pytest.raises(ImproperlyConfigured, match="whoever copies them reads every case"):
        installation.refuse_unless_ready()


# --- Checks ---


def ids(findings):
    return [finding.id for finding in findings]


def test_missing_keys_are_found(settings):
    assert ids(checks.check_installation_has_its_keys(None)) == []
    settings.INTAKE_SECRET = settings.RECOVERY_PUBLIC_KEY = ""
    assert ids(checks.check_installation_has_its_keys(None)) == ["iesogi.E030", "iesogi.E031"]


def test_halves_on_disk_are_found(trial):
    assert ids(checks.check_no_recovery_half_is_here(None)) == []
    installation.make_embedded()
    assert ids(checks.check_no_recovery_half_is_here(None)) == ["iesogi.E032"]


@pytest.mark.django_db
def test_channels_with_one_member_are_found(channels, amal, bela):
    assert checks.check_channels_have_enough_members(None) == []
    found = checks.check_channels_have_enough_members(None, databases=["default"])
    assert ids(found) == ["iesogi.W033"] * 2
    admit("cases", bela, amal)
    assert members.thin_channels() == {"identity": 1}


@pytest.mark.django_db
def test_recovery_key_of_the_tests_is_the_one_in_use(channels):
    assert installation.recovery_public() == sealing.public_of(RECOVERY)
    assert with_vault("chen")
