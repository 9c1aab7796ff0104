"""Calls for inputs: one contribution with a file of 5 MB against a bare Django form of the same, and a call with
20,000 contributions.

The bare form keeps the file in the default storage and makes one insert. Argon2id is
slow on purpose, so it is taken off first, as for the public form of reports.
"""

import io
import random
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from PIL import Image

from bench.measures import Measure, seconds
from iesogi.accounts.enums import Role
from iesogi.accounts.models import User
from iesogi.accounts.services import sync_roles
from iesogi.deadlines.days import monday_of
from iesogi.deadlines.models import DeadlineKind
from iesogi.reference.models import Country
from iesogi.urls import urlpatterns as portal
from iesogi.vault import installation, members, sealing, tokens
from iesogi.vault.gate import now_signed
from reports.calls.enums import CallState, Category
from reports.calls.models import Call, CallText, Question
from reports.contributions.enums import ContributionLanguage, Publication, State
from reports.contributions.models import Contribution
from reports.contributions.statistics import statistics as counted

MANY, TIMES = 20_000, 9
SIZE = 5 * 1024**2
ANSWER = "Three laws were changed since 2020, and one was not. " * 40
HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]


# --- A bare form ------------------------------------------------------------------------------------


class BareForm(forms.Form):
    q1 = forms.CharField()
    q2 = forms.FileField()


@csrf_exempt
@login_not_required
def bare(request):
    """What any Django project does with a form and a file: judge it, keep the file, one insert, an answer."""
    form = BareForm(request.POST, request.FILES)
    if not form.is_valid():
        return HttpResponse("refused", status=422)
    default_storage.delete(default_storage.save("bench/bare.pdf", form.cleaned_data["q2"]))
    DeadlineKind.objects.create(code=f"bench-{time.perf_counter_ns()}", label=form.cleaned_data["q1"][:40])
    return HttpResponse("kept")


# Beside the portal's own, for a change of addresses within a measure would be measured as well.
urlpatterns = [path("bare/", bare), *portal]


# --- One contribution -------------------------------------------------------------------------------


def document() -> bytes:
    """A PDF of 5 MB as people scan them: pages that are pictures."""
    noise = Image.frombytes("RGB", (900, 1200), random.Random(5).randbytes(900 * 1200 * 3))  # noqa: S311
    target, pages = io.BytesIO(), [noise]
    while target.tell() < SIZE:
        target = io.BytesIO()
        noise.save(target, "PDF", save_all=True, append_images=pages[1:], quality=75)
        pages.append(noise)
    return target.getvalue()


def open_call() -> Call:
    call = Call.objects.create(
        code=f"bench-{time.time_ns()}", closes_at=timezone.now() + timedelta(days=9), word_limit=None
    )
    CallText.objects.create(call=call, language="en", title="A call")
    Question.objects.create(call=call, order=1, kind="long", text_en="What has changed?")
    Question.objects.create(call=call, order=2, kind="file", text_en="Documents")
    Call.objects.filter(pk=call.pk).update(state=CallState.PUBLISHED)
    return call


def send(client: Client, call: Call, data: bytes) -> None:
    now = timezone.now() - timedelta(minutes=5)
    fields = {
        "token": tokens.new_token(now=now),
        "category": "cso",
        "language": "en",
        "publication": "public",
        "name": "Equality Network",
        "q1": ANSWER,
        "q2": SimpleUploadedFile("law.pdf", data),
    }
    with override_settings(FORM_MIN_SECONDS=0):
        response = client.post(f"/calls/{call.code}/contribute/", fields | {"since": now_signed()})
    if b"intake-number" not in response.content:
        raise AssertionError(f"The contribution was not taken: {response.status_code}")


def without_argon(call: Call, client: Client, data: bytes) -> float:
    """Each round takes its own Argon2id off, so that a slow moment of the machine meets both."""
    argon = seconds(lambda: sealing.stretch(b"x" * 32, b"y" * sealing.SALT, cost=settings.RECEIPT_KDF, size=64))
    return seconds(lambda: send(client, call, data)) - argon


def sends() -> Iterator[Measure]:
    """In turns of the same run, the median of the ratios. Every upload of this portal is sealed while it arrives; the
    bare form is measured behind that handler, and behind Django's own, which keep what comes in clear."""
    members.set_up_channels()
    call, data = open_call(), document()
    client = Client(SERVER_NAME="127.0.0.1")
    found = {"": [], ", uploads in clear": []}
    for number in range(TIMES + 1):
        whole = without_argon(call, client, data)
        for name, handlers in (("", settings.FILE_UPLOAD_HANDLERS), (", uploads in clear", HANDLERS)):
            ratio = whole / simple(client, data, handlers)
            if number:  # imports and caches are paid in the first round
                found[name].append(ratio)
    title = "calls: one contribution with 5 MB, against a bare form"
    yield Measure(title, statistics.median(found[""]), 4)
    yield Measure(f"{title}, uploads in clear", statistics.median(found[", uploads in clear"]), 4)


def simple(client: Client, data: bytes, handlers: list[str]) -> float:
    with override_settings(FILE_UPLOAD_HANDLERS=handlers):
        return seconds(lambda: client.post("/bare/", {"q1": ANSWER, "q2": SimpleUploadedFile("law.pdf", data)}))


# --- A call with 20,000 contributions -----------------------------------------------------------------


def many(call: Call) -> None:
    """Spread over categories, States, languages and states, as a large call has them."""
    pick, states = random.Random(1), list(Country.objects.values_list("pk", flat=True))  # noqa: S311
    week = monday_of(timezone.now())
    rows = []
    for number in range(MANY):
        publication = pick.choice(Publication.values)
        state = pick.choice([State.RECEIVED, State.RECEIVED, State.ACCEPTED, State.MORE_INFO, State.WITHDRAWN])
        rows.append(
            Contribution(
                ref=f"B-{number:09}",
                call=call,
                week=week,
                category=pick.choice(Category.values),
                country_id=pick.choice([*states, None]) if states else None,
                language=pick.choice(ContributionLanguage.values),
                publication=publication,
                state=state,
                name=f"Network {number}" if publication == Publication.PUBLIC else "",
                published_at=timezone.now()
                if state == State.ACCEPTED and publication != Publication.CONFIDENTIAL
                else None,
            )
        )
    Contribution.objects.bulk_create(rows, batch_size=2000)


def queries(work) -> int:
    with CaptureQueriesContext(connection) as caught:
        work()
    return len(caught)


def with_many() -> Iterator[Measure]:
    """Lists cost as many queries with 20,000 rows as with one; the statistics stay within half a second."""
    few, large = open_call(), open_call()
    Contribution.objects.create(ref="B-one", call=few, week=monday_of(timezone.now()), category=Category.CSO)
    many(large)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer())
    for name, page in PAGES.items():
        urls = [page(few), page(large)]
        for url in urls:
            if client.get(url).status_code != 200:
                raise AssertionError(f"{url} does not answer.")
        first, last = (queries(lambda url=url: client.get(url)) for url in urls)
        yield Measure(f"calls: queries of the {name} with 20,000 more than with one", last - first, 0, "queries")
    taken = statistics.median(seconds(lambda: counted(large.contributions.all())) for _each in range(TIMES))
    yield Measure(f"calls: statistics of 20,000 contributions, {connection.vendor}", taken * 1000, 500, "ms")
    shown = statistics.median(seconds(lambda: client.get(PAGES["staff list"](large))) for _each in range(TIMES))
    yield Measure(f"calls: staff list of 20,000 contributions, {connection.vendor}", shown * 1000, 1000, "ms")


def officer() -> User:
    sync_roles()
    user = User.objects.create(username=f"bench-{time.time_ns()}", is_staff=True)
    user.groups.add(Group.objects.get(name=Role.DESK_OFFICER.value))
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


PAGES = {
    "staff list": lambda call: reverse("admin:reports_contribution_changelist") + f"?call__id__exact={call.pk}",
    "statistics page": lambda call: reverse("admin:reports_call_statistics", args=[call.pk]),
    "public page": lambda call: reverse("calls:detail", args=[call.code]),
}


def measures() -> Iterator[Measure]:
    with override_settings(INTAKE_SECRET=installation.intake_secret().hex(), ROOT_URLCONF="bench.calls"):
        yield from sends()
    yield from with_many()
