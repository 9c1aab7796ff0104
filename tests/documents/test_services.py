"""A document from the request to the file: claimed once, retried, failed with a sentence, never lost."""

import hashlib
import io
import threading
from datetime import timedelta

import pikepdf
import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.utils import timezone

from iesogi.audit.models import Entry
from iesogi.documents import rendering, services
from iesogi.documents.enums import NEXT, State
from iesogi.documents.exceptions import StepRefused, TwinInTheMaking
from iesogi.documents.models import Document
from tests.outbox.smtp import free_port

pytestmark = pytest.mark.django_db


def verbs():
    return list(Entry.objects.in_chain_order().values_list("verb", flat=True))


def reread(document):
    return Document.objects.get(pk=document.pk)


def content_of(document):
    with document.file.open("rb") as file:
        return file.read()


# --- Asking ---------------------------------------------------------------------------------------


def test_request_queues_a_row_with_its_hash(ask, officer):
    document = ask(by=officer)
    assert (document.state, document.version, document.requested_by) == (State.QUEUED, 1, officer)
    assert document.snapshot_sha256 == services.digest({"text": "Forty-two letters."})
    assert verbs()[-1:] == ["document.requested"]


def test_request_wakes_a_worker_after_commit(ask, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        ask()
    assert len(callbacks) == 1


def test_request_for_the_same_data_returns_the_one_in_the_making(ask):
    assert ask().pk == ask().pk


def test_versions_count_by_kind_and_language(ask):
    numbers = [ask(text=str(each)).version for each in range(3)] + [
        ask(language="fr").version,
        ask(kind="other").version,
    ]
    assert numbers == [1, 2, 3, 1, 1]


def test_hash_does_not_depend_on_the_order_or_types_of_the_data():
    day = timezone.localdate()
    assert services.digest({"a": day, 1: [1]}) == services.digest({"1": [1], "a": day.isoformat()})


# --- Making ---------------------------------------------------------------------------------------


def test_perform_makes_the_file_and_keeps_its_hash(ask):
    document = ask()
    assert services.perform(document.pk)
    document = reread(document)
    content = content_of(document)
    assert (document.state, document.pages, document.size) == (State.READY, 1, len(content))
    assert document.file_sha256 == hashlib.sha256(content).hexdigest()
    assert verbs() == ["document.requested", "document.made"]


def test_file_name_cannot_be_guessed(ask):
    names = set()
    for text in ("one", "two"):
        document = ask(text=text)
        services.perform(document.pk)
        names.add(reread(document).file.name)
    assert len(names) == 2
    assert not any("small" in name for name in names)


def test_perform_twice_does_nothing_twice(ask):
    document = ask()
    assert [services.perform(document.pk), services.perform(document.pk)] == [True, False]


def test_stale_claim_is_taken_over(ask):
    document = ask()
    long_ago = timezone.now() - timedelta(seconds=django_settings.CLAIM_SECONDS + 1)
    Document.objects.filter(pk=document.pk).update(state=State.RENDERING, claimed_at=long_ago, attempts=1)
    assert services.perform(document.pk)
    assert (reread(document).state, reread(document).attempts) == (State.READY, 2)


def test_fresh_claim_is_left_alone(ask):
    document = ask()
    Document.objects.filter(pk=document.pk).update(state=State.RENDERING, claimed_at=timezone.now())
    assert not services.perform(document.pk)


def test_late_worker_throws_its_file_away(ask, monkeypatch, storage_of_its_own):
    document = ask()
    make = rendering.make

    def slow(*args):
        Document.objects.filter(pk=document.pk).update(claimed_at=timezone.now())  # another worker took over
        return make(*args)

    monkeypatch.setattr(rendering, "make", slow)
    services.perform(document.pk)
    assert reread(document).state == State.RENDERING
    assert list(storage_of_its_own.rglob("*.pdf")) == []


def test_worker_killed_each_time_ends_in_a_sentence(ask):
    document = ask()
    Document.objects.filter(pk=document.pk).update(attempts=services.MAX_ATTEMPTS)
    services.perform(document.pk)
    assert reread(document).state == State.FAILED
    assert reread(document).error.startswith(f"The PDF could not be made in {services.MAX_ATTEMPTS} attempts")


@pytest.mark.parametrize("error", [OperationalError("away"), ConnectionError("away"), TimeoutError("away")])
def test_passing_error_moves_the_due_time_on(ask, storage_away, error):
    storage_away(error)
    document = ask()
    services.perform(document.pk)
    document = reread(document)
    assert document.state == State.QUEUED
    assert timedelta(seconds=50) < document.due_at - timezone.now() <= services.FIRST_PAUSE
    assert not services.perform(document.pk)  # not due yet


def test_passing_error_that_stays_fails_in_the_end(ask, storage_away):
    storage_away(ConnectionError("the object store is away"))
    document = ask()
    for _attempt in range(services.MAX_ATTEMPTS):
        Document.objects.filter(pk=document.pk).update(due_at=timezone.now())
        services.perform(document.pk)
    assert reread(document).state == State.FAILED
    assert "the object store is away" in reread(document).error


def test_storage_that_cannot_be_written_gives_one_sentence(ask, storage_of_its_own):
    storage_of_its_own.write_text("a file where a folder should be")
    document = ask()
    services.perform(document.pk)
    assert reread(document).state == State.FAILED
    assert reread(document).error == (
        "The PDF was made but could not be stored (Not a directory); "
        "make the storage named by STORAGE_URL writable, with space left, and try again."
    )
    assert verbs()[-1] == "document.failed"


def test_missing_font_gives_one_sentence(ask, settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    document = ask()
    services.perform(document.pk)
    assert reread(document).error == (
        "The PDF could not be made because the font file NotoSerif-Regular.ttf is missing; "
        "restore static/fonts from the repository and try again."
    )


def test_template_error_gives_a_sentence_and_not_a_traceback(ask):
    document = ask(template="pdf/broken.html")
    services.perform(document.pk)
    assert reread(document).error.startswith("The PDF could not be made because of an error in the portal itself (")
    assert "Traceback" not in reread(document).error


def test_template_that_asks_elsewhere_fails_and_names_what_it_asked(ask):
    document = ask(template="pdf/asks.html", text="https://example.org/logo.png")
    services.perform(document.pk)
    assert reread(document).state == State.FAILED
    assert "https://example.org/logo.png" in reread(document).error


# --- Broker down ----------------------------------------------------------------------------------


@pytest.fixture
def broker_down(monkeypatch):
    monkeypatch.setenv("CELERY_BROKER_URL", f"redis://127.0.0.1:{free_port()}/0")  # Celery reads it first
    monkeypatch.setitem(current_app.conf, "broker_transport_options", {"max_retries": 0})
    current_app._after_fork()  # forgets its pools of connections
    yield
    monkeypatch.undo()
    current_app._after_fork()


@pytest.mark.django_db(transaction=True)
def test_request_survives_a_broker_that_is_down_and_tick_makes_the_document(ask, broker_down, caplog):
    document = ask()
    assert reread(document).state == State.QUEUED
    assert "iesogi.documents.render waits for the next tick" in caplog.text
    assert services.tick(now=timezone.now(), enqueue=True) == {"documents_woken": 0}
    assert services.tick(now=timezone.now(), enqueue=False) == {"documents_made": 1}
    assert reread(document).state == State.READY


def test_tick_run_twice_makes_a_document_once(ask):
    document = ask()
    counts = [services.tick(now=timezone.now(), enqueue=False)["documents_made"] for _run in range(2)]
    assert counts == [1, 0]
    assert reread(document).attempts == 1


# --- Trying again and publishing ------------------------------------------------------------------


def failed(ask, **more):
    document = ask(template="pdf/broken.html", **more)
    services.perform(document.pk)
    return reread(document)


def test_try_again_puts_a_failed_document_back(ask, officer):
    document = services.try_again(failed(ask), by=officer)
    assert (document.state, document.attempts, document.error) == (State.QUEUED, 0, "")
    assert Entry.objects.about(document).first().verb == "document.tried_again"


@pytest.mark.parametrize("state", [State.QUEUED, State.RENDERING, State.READY])
def test_try_again_is_refused_in_every_other_state(ask, officer, state):
    document = ask()
    if state == State.READY:
        services.perform(document.pk)
    elif state == State.RENDERING:
        Document.objects.claim(document.pk, now=timezone.now())
    with pytest.raises(StepRefused):
        services.try_again(document, by=officer)


def test_try_again_is_refused_while_a_twin_is_being_made(ask, officer):
    document = failed(ask)
    ask(template="pdf/broken.html")
    with pytest.raises(TwinInTheMaking):
        services.try_again(document, by=officer)


def test_publish_marks_once_and_leaves_one_entry(ask, officer):
    document = ask()
    services.perform(document.pk)
    first = services.publish(document, by=officer).published_at
    assert services.publish(document, by=officer).published_at == first
    assert verbs().count("document.published") == 1


def test_publish_refuses_what_is_not_ready(ask, officer):
    with pytest.raises(StepRefused):
        services.publish(ask(), by=officer)


@pytest.mark.parametrize("was", State)
@pytest.mark.parametrize("to", State)
def test_only_listed_steps_are_judged_possible(was, to):
    document = Document(state=was)
    if to in NEXT[was]:
        services._judge(document, to)
    else:
        with pytest.raises(StepRefused):
            services._judge(document, to)


# --- Obtaining the public edition -----------------------------------------------------------------


def obtain(text):
    return services.obtain(
        kind="small",
        title="A small document",
        template="pdf/small.html",
        snapshot={"text": text},
        language="en",
        as_of=timezone.localdate(),
    )


def test_obtain_makes_a_state_of_the_data_once_and_publishes_it():
    first, second = obtain("one"), obtain("one")
    assert first.pk == second.pk
    assert first.published_at is not None
    assert obtain("two").version == 2


def test_obtain_gives_nothing_while_another_process_makes_it(ask):
    document = ask(text="one")
    Document.objects.claim(document.pk, now=timezone.now())
    assert obtain("one") is None


def test_obtain_never_renders_again_what_failed(ask, settings, tmp_path):
    document = ask(text="one")
    Document.objects.filter(pk=document.pk).update(state=State.FAILED, error="It failed.", done_at=timezone.now())
    assert obtain("one") is None
    assert Document.objects.count() == 1


# --- Many at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_ten_workers_claim_a_document_once(ask):
    document, now = ask(), timezone.now()
    barrier, wins = threading.Barrier(10), []

    def worker():
        barrier.wait()
        try:
            wins.append(Document.objects.claim(document.pk, now=now))
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _each in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(wins) == [False] * 9 + [True]
    assert reread(document).attempts == 1


@pytest.mark.django_db(transaction=True)
def test_six_requests_at_once_get_six_versions(ask):
    barrier, versions = threading.Barrier(6), []

    def asker(text):
        barrier.wait()
        try:
            versions.append(ask(text=text).version)
        finally:
            connection.close()

    threads = [threading.Thread(target=asker, args=(str(each),)) for each in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(versions) == [1, 2, 3, 4, 5, 6]


def test_made_document_is_tagged_and_titled(ask):
    document = ask()
    services.perform(document.pk)
    with pikepdf.open(io.BytesIO(content_of(reread(document)))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == "A small document"
