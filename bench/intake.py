"""The public form: one send against Argon2id and a bare Django form, and 5 sends a second for a minute."""

import os
import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from bench import web
from bench.measures import Measure, seconds
from communications.intake.draft import Draft
from iesogi import urls
from iesogi.deadlines.models import DeadlineKind
from iesogi.vault import installation, sealing, tokens

ACCOUNT = "They came at night and asked for A by name. " * 60
TIMES = 40
A_SECOND, LASTS = 5, int(os.environ.get("INTAKE_BENCH_SECONDS", "60"))
WARM_UP = 5


# --- A bare form ------------------------------------------------------------------------------------


class BareForm(forms.Form):
    account = forms.CharField()


@csrf_exempt
@login_not_required
def bare(request):
    """What any Django project does with a form: judge it, one insert, an answer."""
    form = BareForm(request.POST)
    if form.is_valid():
        DeadlineKind.objects.create(code=f"bench-{time.perf_counter_ns()}", label=form.cleaned_data["account"][:40])
    return HttpResponse("kept")


urlpatterns = [path("bare/", bare), *urls.urlpatterns]


# --- One send ---------------------------------------------------------------------------------------


def review_page(token_age=timedelta(minutes=5)) -> dict[str, str]:
    """The fields of the last page, as somebody has them before pressing “Send”."""
    now = timezone.now()
    draft = Draft(
        token=tokens.new_token(now=now - token_age),
        answers={
            "matter": {"matter": "individual"},
            "facts": {"account": ACCOUNT, "begun": "May 2021", "place": "Market"},
            "identity": {"your_name": "Zed", "email": "zed@example.org"},
        },
        rows={"people": [{"gender": "man", "letter": "yes", "name": "Ada"}], "perpetrators": [{"kind": "state"}]},
    )
    return {"draft": draft.sealed(now=now), "step": "review", "go": "send"}


def send(client: Client, page: dict[str, str]) -> None:
    response = client.post("/submit/", page)
    if b"intake-number" not in response.content:
        raise AssertionError(f"The report was not taken: {response.status_code}")


@override_settings(ROOT_URLCONF="bench.intake")
def one_send() -> Measure:
    """Medians of 40 rounds, each side once a round. Argon2id is slow on purpose, so it is taken off first."""
    client = Client(SERVER_NAME="127.0.0.1")
    pages = iter([review_page() for _each in range(TIMES + 1)])
    sides = {
        "argon": lambda: sealing.stretch(b"x" * 32, b"y" * sealing.SALT, cost=settings.RECEIPT_KDF, size=64),
        "send": lambda: send(client, next(pages)),
        "bare": lambda: client.post("/bare/", {"account": ACCOUNT}),
    }
    for work in sides.values():
        work()
    rounds = [{name: seconds(work) for name, work in sides.items()} for _each in range(TIMES)]
    ours = statistics.median(each["send"] - each["argon"] for each in rounds)
    bare_form = statistics.median(each["bare"] for each in rounds)
    return Measure("intake: one send without Argon2id, against a bare form with one insert", ours / bare_form, 4)


# --- Five a second ----------------------------------------------------------------------------------


def post(port: int, fields: dict[str, str]) -> tuple[int, float, bool]:
    started = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": f"127.0.0.1:{port}"}
        connection.request("POST", "/submit/", urlencode(fields), headers)
        response = connection.getresponse()
        body = response.read()
        return response.status, time.perf_counter() - started, re.search(rb"intake-number", body) is not None
    except OSError:  # a timeout is a report that was not taken
        return 0, time.perf_counter() - started, False
    finally:
        connection.close()


def rush(port: int) -> list[tuple[int, float, bool]]:
    """At even distances, whether or not the ones before were answered."""
    pages = [review_page() for _each in range(A_SECOND * LASTS)]
    for _each in range(WARM_UP):
        post(port, review_page())
    with ThreadPoolExecutor(32) as pool:
        started, waiting = time.perf_counter(), []
        for number, page in enumerate(pages):
            time.sleep(max(0, started + number / A_SECOND - time.perf_counter()))
            waiting.append(pool.submit(post, port, page))
        return [each.result() for each in waiting]


def under_load() -> Iterator[Measure]:
    """gunicorn as the Procfile starts it, on the database of this bench."""
    environment = {"INTAKE_BURST": "100000", "INTAKE_PER_MINUTE": "100000"}
    with web.running(Path(settings.VAR_DIR), **environment) as server:
        found = rush(server.port)
    failed = sum(status != 200 or not taken for status, _time, taken in found)
    slow = statistics.quantiles([took for _status, took, _taken in found], n=20)[-1]
    yield Measure(f"intake: {A_SECOND} sends a second for {LASTS} s, not taken", failed, 0, "reports")
    yield Measure(f"intake: {A_SECOND} sends a second for {LASTS} s, 95th percentile", slow, 2, "seconds")


def measures() -> Iterator[Measure]:
    # In the environment, as in production; a trial reads it from a file each time.
    with override_settings(INTAKE_SECRET=installation.intake_secret().hex()):
        yield one_send()
    yield from under_load()
