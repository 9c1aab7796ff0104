"""Worker processes as in production, on the database and broker of this run, with a mail server to talk to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import connection

from tests.outbox.smtp import Inbox, running

ROOT = Path(__file__).resolve().parents[2]
CLAIM_SECONDS = 5  # shorter than in production, and longer than a mail takes on a busy machine
PATIENCE = 120


def database_url():
    """The test database, as a child process has to name it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


class Worker:
    """One `celery worker` with its pool of processes; its mails come from an address of its own."""

    def __init__(self, name, environment, log, options):
        self.name, self.address, self.log = name, f"{name}@example.org", log
        command = f"{sys.executable} -m celery -A iesogi worker {options} -n {name}@%h -l INFO"
        with log.open("w") as output:
            self.process = subprocess.Popen(
                command.split(),
                cwd=ROOT,
                env=environment | {"DEFAULT_FROM_EMAIL": self.address},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def is_ready(self):
        assert self.process.poll() is None, self.log.read_text()
        return " ready." in self.log.read_text()

    @property
    def story(self):
        """Whether it still runs, and the end of its log."""
        ended = self.process.poll()
        runs = "runs" if ended is None else f"ended by itself with status {ended}"
        return f"{self.name} {runs}.\n{self.log.read_text()[-2000:]}"

    def kill(self):
        """SIGKILL to the worker and its whole pool: no handler runs, no claim is given back."""
        os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=10)


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def workers(transactional_db, inbox, tmp_path, static_files):
    """`workers(2)` starts so many and waits until they are ready; all of them end with the test."""
    empty_the_broker()
    started = []
    with running(inbox) as server:
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "CELERY_BROKER_URL": django_settings.CELERY_BROKER_URL,
            "EMAIL_URL": f"smtp://{server.hostname}:{server.port}",
            "CLAIM_SECONDS": str(CLAIM_SECONDS),
            "MAIL_PAUSE_SECONDS": "1",
        }

        inbox.address = server.hostname, server.port

        def start(count, options="-c 2"):
            fresh = [
                Worker(f"worker{number}", environment, tmp_path / f"worker{number}.log", options)
                for number in range(len(started), len(started) + count)
            ]
            started.extend(fresh)
            for worker in fresh:
                wait_until(
                    lambda worker=worker: " ready." in worker.log.read_text(), f"{worker.name} is ready", worker
                )
            return fresh

        yield start
        for worker in started:
            worker.stop()
    empty_the_broker()


def wait_until(happened, what, *workers):
    """A worker that is not meant to end and does is said at once: nothing that is waited for would come of it."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        late, ended = time.monotonic() > deadline, [each for each in workers if each.process.poll() is not None]
        if ended:
            time.sleep(1)  # a test that kills one says so a moment later
        if late or (ended and not happened()):
            stories = "\n".join(each.story for each in workers)
            pytest.fail(f"Waited until {what}, at most {PATIENCE} seconds; {waiting()} wake-ups wait.\n{stories}")
        time.sleep(0.1)


def waiting():
    """Messages that no worker has taken yet."""
    with current_app.connection_for_write() as broker:
        return current_app.amqp.queues["celery"](broker.default_channel).queue_declare().message_count


def empty_the_broker():
    """Purge the queue, and what a transport keeps beside it of messages that were handed out."""
    with current_app.connection_for_write() as broker:
        channel = broker.default_channel
        current_app.amqp.queues["celery"](channel).declare()
        channel.queue_purge("celery")
        if broker.transport.driver_type == "redis":
            channel.client.delete("unacked", "unacked_index", "celery")
