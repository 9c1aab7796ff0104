"""The commands that people type: what they promise, and the one sentence each says when it cannot be done."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from scripts import env_file, prepare
from tests import demands

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ["awk", "bash", "cat", "cut", "df", "dirname", "env", "fc-list", "find", "id"]
NEEDED += ["sha256sum", "sort", "tail", "tr", "uname"]


@pytest.fixture
def machine(tmp_path):
    """A PATH with the programs a script needs and nothing else; a test adds what it wants to be different."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in NEEDED:
        (programs / name).symlink_to(shutil.which(name))
    return programs


def put(programs, name, script):
    path = programs / name
    path.unlink(missing_ok=True)
    path.write_text(f"#!{shutil.which('bash')}\n{script}\n")
    path.chmod(0o755)


def run(*command, **environment):
    return subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_help_lists_the_fixed_commands():
    listed = {line.split()[1] for line in run("make", "help").stdout.splitlines() if line.startswith("  make")}
    assert listed >= {"run", "test", "bench", "check", "demands", "lint", "fmt", "e2e", "messages", "setup", "help"}


def test_python_too_old_is_one_sentence(machine):
    put(machine, "python3", 'case "$1" in --version) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    found = run("bash", "-c", ". scripts/lib.sh; find_python", PATH=str(machine), PYTHON="")
    assert found.returncode == 1
    assert found.stderr == (
        "Python 3.11 or newer is needed and this machine has Python 3.9.2; "
        "install one, or name it: make run PYTHON=/path/to/python3.12\n"
    )


def test_full_disk_is_one_sentence(machine):
    put(machine, "df", 'printf "Filesystem 1M Used Free Use Mounted\\n/dev/x 900 880 20 98%% /\\n"')
    found = run("scripts/setup.sh", PATH=str(machine))
    assert found.returncode == 1
    assert found.stderr == (
        "Only 20 MB are free in this folder and 50 MB are needed; free some space and run the same command again.\n"
    )


def test_missing_packages_without_the_right_to_install_them_are_listed(machine):
    put(machine, "id", "echo 1000")
    found = run("scripts/setup.sh", PATH=str(machine))
    assert found.returncode == 1
    assert "As an administrator, run: apt-get install gettext" in found.stderr


def test_unknown_option_is_one_sentence():
    assert run("scripts/setup.sh", "--fast").stderr == (
        "Unknown option --fast; scripts/setup.sh knows --dev and --no-data.\n"
    )


def test_taken_port_is_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        found = run("scripts/run.sh", PORT=str(port))
    assert found.returncode == 1
    assert found.stderr == (
        f"Port {port} on 127.0.0.1 is taken or not allowed; "
        "end the program that holds it, or choose another: make run PORT=8001\n"
    )


def test_port_that_is_no_number_is_one_sentence():
    assert run("scripts/run.sh", PORT="web").stderr.startswith('PORT must be a number; "web" is none.')


def test_environment_file_gets_a_secret_of_its_own():
    first, second = env_file.filled("A=1\nSECRET_KEY=change-me\n"), env_file.filled("SECRET_KEY=change-me\n")
    assert first.splitlines()[0] == "A=1"
    assert len(second.strip().removeprefix("SECRET_KEY=")) >= 50
    assert first.splitlines()[1] != second.strip()


def test_environment_file_is_never_overwritten(tmp_path, monkeypatch):
    monkeypatch.setattr(env_file, "ROOT", tmp_path)
    (tmp_path / ".env.example").write_text("SECRET_KEY=change-me\n")
    (tmp_path / ".env").write_text("SECRET_KEY=mine\n")
    with pytest.raises(FileExistsError):
        env_file.main()
    assert (tmp_path / ".env").read_text() == "SECRET_KEY=mine\n"


def test_every_source_of_set_up_is_there():
    assert [source for source in prepare.SOURCES if source != ".env" and not (ROOT / source).exists()] == []


# --- Demands ------------------------------------------------------------------------------------------


def test_table_of_demands_holds_308_ids():
    assert len(demands.known()) == 308


def test_row_with_several_ids_counts_each_for_the_first_app():
    text = "| Id | App |\n|---|---|\n| WP-fn7, WP-fn8 | visits, reports |\n\n| No. | Where |\n|---|---|\n| 1 | x |\n"
    assert dict(demands.rows(text)) == {"WP-fn7": "visits", "WP-fn8": "visits"}


def counted(tmp_path, source):
    (tmp_path / "test_it.py").write_text(f"import pytest\n\n{source}")
    return run(
        sys.executable,
        "-m",
        "pytest",
        "-c",
        "pyproject.toml",
        "-p",
        "no:cacheprovider",
        "--demands",
        "-q",
        str(tmp_path),
    )


def test_demand_counts_only_when_all_its_tests_pass(tmp_path):
    found = counted(
        tmp_path,
        "@pytest.mark.demand('WP-16a')\ndef test_a(): pass\n\n"
        "@pytest.mark.demand('WP-16b')\ndef test_b(): pass\n\n"
        "@pytest.mark.demand('WP-16b')\ndef test_c(): assert False\n\n"
        "@pytest.mark.demand('WP-16c')\ndef test_d(): pytest.skip('not here')\n",
    )
    assert "1 of 308 shown" in found.stdout.splitlines()
    [reports] = [line for line in found.stdout.splitlines() if line.startswith("  reports:")]
    assert not {"WP-16b", "WP-16c"} - set(reports.split())
    assert "WP-16a" not in reports.split()


def test_demand_that_nobody_made_is_an_error(tmp_path):
    found = counted(tmp_path, "@pytest.mark.demand('WP-999')\ndef test_a(): pass\n")
    assert found.returncode == 1
    assert "docs/acceptance.md knows no demand WP-999" in found.stdout


# --- make run -----------------------------------------------------------------------------------------


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310, our own address
            return response.status == 200
    except OSError:
        return False


def processes_with(variable):
    """Whatever still runs under this variable, however deep below the command it was started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if variable.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:
            continue
    return found


def wait_until(fact, *, seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if fact():
            return True
        time.sleep(0.25)
    return False


@pytest.mark.services
def test_run_serves_the_portal_and_interrupt_ends_every_process(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"VAR_DIR": str(tmp_path / "var"), "PORT": str(port), "DEMO": "1"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    with (tmp_path / "log").open("w") as log:
        portal = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=kept | own, stdout=log, stderr=log, start_new_session=True
        )
    try:
        page = f"http://127.0.0.1:{port}/programme/"
        wait_until(lambda: answers(page) or portal.poll() is not None, seconds=180)
        written = (tmp_path / "log").read_text()
        assert answers(page), written
        assert f"http://127.0.0.1:{port}/" in written
        assert "desk.officer" in written
        assert wait_until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), seconds=90), "no tick in 90 seconds"
    finally:
        os.killpg(portal.pid, signal.SIGINT)
        ended = wait_until(lambda: portal.poll() is not None, seconds=40)
    assert ended, (tmp_path / "log").read_text()
    mark = f"VAR_DIR={own['VAR_DIR']}"
    wait_until(lambda: not processes_with(mark), seconds=10)
    assert processes_with(mark) == []
