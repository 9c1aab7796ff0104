"""Staff judge contributions, open them by their vault, publish copies without hidden data, and take a call along."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from iesogi.accounts.enums import Role
from iesogi.audit.models import Entry
from iesogi.outbox.models import Mail
from reports.calls import services
from reports.calls.enums import CallState
from reports.calls.exceptions import CallRefused
from reports.calls.models import Call, CallText, Question
from reports.contributions import quoting, screening
from reports.contributions.enums import NEXT, State
from reports.contributions.exceptions import ContributionRefused
from reports.contributions.models import Contribution
from reports.contributions.statistics import statistics
from tests.conftest import member_of_staff
from tests.reports.calls.conftest import ANSWER, PUBLIC
from tests.vault.conftest import AT, PASSPHRASE

EMPTY = ("deadlines", "late_links", "tags", "figures")
TEXT = b"A law, and its history."


@pytest.fixture
def desk(client, settings):
    """`desk(user)`: a client logged in with the vault open."""
    settings.VAULT_COOKIE_SECURE = False

    def enter(unlocked):
        client.force_login(unlocked.user)
        client.post(reverse("vault:unlock"), {"passphrase": PASSPHRASE})
        return client

    return enter


def act(name, row):
    return reverse(f"admin:reports_contribution_{name}", args=[row.pk])


def words(response):
    body = b"".join(response) if response.streaming else response.content
    return body.decode()


@pytest.mark.parametrize("to", [State.ACCEPTED, State.NOT_RELEVANT])
@pytest.mark.parametrize("was", State)
def test_only_listed_steps_are_taken(public, officer, was, to):
    reason = "off_topic" if was == State.NOT_RELEVANT else ""
    Contribution.objects.update(state=was, reason=reason)
    do = {State.ACCEPTED: screening.accept, State.NOT_RELEVANT: screening.set_aside}[to]
    given = {"reason": "off_topic"} if to == State.NOT_RELEVANT else {}
    if to in NEXT[was]:
        assert do(public, by=officer, **given).state == to
        assert Entry.objects.filter(verb="contribution.judged").exists()
    else:
        with pytest.raises(ContributionRefused):
            do(public, by=officer, **given)


def test_confidential_is_never_published_nor_quoted(confidential, officer):
    screening.accept(confidential, by=officer)
    with pytest.raises(ContributionRefused, match="asked for confidence"):
        screening.publish(confidential, by=officer)
    with pytest.raises(ContributionRefused, match="Nothing of it is quoted"):
        quoting.take(confidential, text="Three laws", by=officer)
    for broken in ({"name": "Zed"}, {"email": "z@example.org"}, {"received_at": AT}, {"published_at": AT}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.objects.update(**broken)


def test_quote_stands_word_for_word_with_its_source(public, kenya, officer):
    Contribution.objects.update(country=kenya)
    public.refresh_from_db()
    quote = quoting.take(public, text=" Three laws \n were changed ", used_in="paragraph 34", by=officer)
    assert quoting.source_of(quote) == (
        "Equality Network (Civil society organization, Kenya), contribution to the call “Laws and their change”, "
        f"question 1, {public.ref}"
    )
    with pytest.raises(ContributionRefused, match="do not stand in any answer"):
        quoting.take(public, text="Four laws were changed", by=officer)


def test_open_page_shows_all_to_a_member_and_asks_others_for_a_key(confidential, amal, desk, custodian):
    page = words(desk(amal).get(act("open", confidential)))
    assert "Zed Canary" in page
    assert ANSWER in page
    assert Entry.objects.filter(verb="contribution.opened").count() == 1
    refused = desk(custodian).get(act("open", confidential))
    assert refused.status_code == 403
    assert ANSWER not in words(refused)


ARABIC = "التعليم حق \u202eللجميع\u202c.\nوالمدرسة مكان آمن."


def test_arabic_stands_from_the_right_and_forced_directions_are_shown_to_staff(sender, amal, desk):
    sender.send(q1=ARABIC, language="ar", **PUBLIC)
    row = Contribution.objects.get()
    screening.publish(screening.accept(row, by=amal.user), by=amal.user)
    inside = "التعليم حق {}للجميع{}.<br>والمدرسة مكان آمن."
    opened = words(desk(amal).get(act("open", row)))
    assert f'<div dir="auto" lang="ar">{inside.format("[U+202E]", "[U+202C]")}</div>' in opened
    public = words(sender.client.get("/calls/laws-2021/contributions/"))
    assert f'<div dir="auto" lang="ar">{inside.format(chr(0x202E), chr(0x202C))}</div>' in public


def test_clear_pages_of_a_confidential_one_say_nothing(confidential, as_user, officer):
    client = as_user(officer)
    pages = words(client.get(act("change", confidential)))
    pages += words(client.get(reverse("admin:reports_contribution_changelist")))
    for secret in ("Zed", "zed@example.org", "Three laws"):
        assert secret not in pages


@pytest.fixture
def with_file(sender, desk, amal):
    sender.send(q1=ANSWER, q3=SimpleUploadedFile("law.txt", TEXT), **PUBLIC)
    return Contribution.objects.get()


def test_file_is_published_as_a_cleaned_copy_and_leaves_as_a_download(with_file, desk, amal):
    client = desk(amal)
    file = with_file.files.get()
    copy = reverse("admin:reports_contribution_copy", args=[with_file.pk, file.original_id])
    client.post(copy, {"publish": "yes"})
    assert not with_file.published_files.exists()
    screening.publish(screening.accept(with_file, by=amal.user), by=amal.user)
    client.post(copy, {"publish": "yes"})
    public = with_file.published_files.get()
    client.logout()
    response = client.get(reverse("calls:file", args=["laws-2021", public.pk]))
    assert b"".join(response) == TEXT
    assert response["Content-Disposition"] == 'attachment; filename="law.txt"'
    assert response["Content-Type"] == "application/octet-stream"
    screening.take_down(with_file, by=amal.user)
    assert client.get(reverse("calls:file", args=["laws-2021", public.pk])).status_code == 404


def test_zip_holds_the_clear_part_and_by_the_vault_all_of_it(with_file, desk, amal, call):
    client = desk(amal)
    name = f"{with_file.ref}/{with_file.ref}.txt"
    found = {}
    for kind in ("clear_zip", "sealed_zip"):
        response = client.get(reverse(f"admin:reports_call_{kind}", args=[call.pk]))
        with zipfile.ZipFile(io.BytesIO(b"".join(response))) as archive:
            assert archive.testzip() is None
            assert ANSWER in archive.read(name).decode()
            found[kind] = set(archive.namelist())
            assert with_file.ref in archive.read("manifest.csv").decode()
    assert found["clear_zip"] == {name, "manifest.csv"}
    assert found["sealed_zip"] == {name, "manifest.csv", f"{with_file.ref}/1-law.txt"}


def test_statistics_add_up_and_split_in_two(call, officer, kenya):
    rows = [("member_state", 2), ("nhri", 1), ("cso", 4), ("individual", 3)]
    kinds = [category for category, count in rows for _each in range(count)]
    made = [
        Contribution(ref=f"IN-21-{number:05}", call=call, week=date(2021, 6, 21), category=kind, country=kenya)
        for number, kind in enumerate(kinds)
    ]
    made[-1].state = State.WITHDRAWN
    Contribution.objects.bulk_create(made)
    found = statistics(call.contributions.all())
    assert (found.total, found.withdrawn) == (9, 1)
    assert [(line.total) for line in found.tables[0].lines] == [3, 6]
    assert {table.total for table in found.tables} == {9}
    assert all(table.total == sum(line.total for line in table.lines) for table in found.tables)


def test_bulk_act_asks_and_then_judges_each(public, as_user, officer):
    client, url = as_user(officer), reverse("admin:reports_contribution_changelist")
    chosen = {"action": "set_aside", "_selected_action": [str(public.pk)]}
    assert "Set these aside?" in words(client.post(url, chosen))
    client.post(url, chosen | {"really": "yes", "reason": "off_topic"})
    public.refresh_from_db()
    assert (public.state, public.reason) == ("not_relevant", "off_topic")


def test_drafted_mail_waits_until_a_person_sends_it(public, as_user, officer):
    client = as_user(officer)
    client.post(act("mail", public), {"subject": "Thank you", "text": "Your words are used."})
    mail = Mail.objects.get(subject="Thank you")
    assert mail.state == "draft"
    client.post(reverse("admin:outbox_mail_release", args=[mail.pk]))
    mail.refresh_from_db()
    assert mail.state == "waiting"


# --- Calls ----------------------------------------------------------------------------------------


def test_call_without_questions_is_not_published(draft_call, officer):
    with pytest.raises(CallRefused, match="asks nothing yet"):
        services.move(draft_call, CallState.PUBLISHED, by=officer)


def test_ten_thousand_questions_fit_no_call(draft_call):
    Question.objects.create(call=draft_call, order=60, text_en="The last one")
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.create(call=draft_call, order=61, text_en="One more")
    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.bulk_create(Question(call=draft_call, order=n, text_en="Again") for n in range(1, 10_001))


def test_admin_makes_a_call_in_the_zone_it_states(as_user, officer):
    client = as_user(officer)
    fields = {
        "code": "education", "zone": "America/New_York", "closes_at_0": "2021-07-01", "closes_at_1": "18:00:00",
        "opens_at_0": "", "opens_at_1": "", "word_limit": "2500",
        "texts-TOTAL_FORMS": 1, "texts-INITIAL_FORMS": 0, "texts-0-language": "en", "texts-0-title": "Education",
        "questions-TOTAL_FORMS": 1, "questions-INITIAL_FORMS": 0, "questions-0-order": 1, "questions-0-kind": "long",
        "questions-0-text_en": "What works?",
        **{f"{name}-{part}_FORMS": 0 for name in EMPTY for part in ("TOTAL", "INITIAL")},
    }  # fmt: skip
    response = client.post(reverse("admin:reports_call_add"), fields)
    assert response.status_code == 302, response.content.decode()
    call = Call.objects.get()
    assert call.closes_at.isoformat() == "2021-07-01T22:00:00+00:00"
    assert "18:00 (New York time, UTC−4)" in words(client.get(reverse("admin:reports_call_changelist")))
    page = words(client.get(reverse("admin:reports_call_change", args=[call.pk])))
    assert 'value="18:00:00"' in page
    too_many = client.post(reverse("admin:reports_call_add"), fields | {"code": "b", "questions-TOTAL_FORMS": 61})
    assert "at most 60 forms" in words(too_many)


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_long(call, as_user, officer, kenya, count, django_assert_num_queries):
    rows = [
        Contribution(ref=f"IN-21-{n:05}", call=call, week=date(2021, 6, 21), category="cso", country=kenya)
        for n in range(count)
    ]
    Contribution.objects.bulk_create(rows)
    for number in range(count - 1):
        CallText.objects.create(
            call=Call.objects.create(code=f"c{number}", closes_at=AT), language="en", title="A call"
        )
    client = as_user(officer)
    client.get("/admin/")
    with django_assert_num_queries(10):
        client.get(reverse("admin:reports_contribution_changelist"))
    with django_assert_num_queries(9):
        client.get(reverse("admin:reports_call_changelist"))


def test_outsiders_of_the_role_see_no_contribution(public, as_user, roles):
    client = as_user(member_of_staff(Role.DISSEMINATION_CONSULTANT))
    assert client.post(act("accept", public)).status_code == 403
