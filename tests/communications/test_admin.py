"""The register as the desk meets it, and as everyone else does not."""

from datetime import date
from html import unescape
from uuid import UUID

import pytest
import time_machine
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from communications import services
from communications.enums import UNSENT, LetterState
from communications.models import Letter, Signatory, Step
from iesogi.accounts.enums import PaidBy
from iesogi.accounts.models import User
from iesogi.accounts.permissions import may_work_on_communications
from iesogi.audit.models import Entry
from iesogi.deadlines.enums import State
from iesogi.deadlines.models import Deadline
from iesogi.reference.models import Mandate
from tests.pages import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spring")]

LIST = "/admin/communications/letter/"
OUTSIDERS = ["assistant", "consultant", "director", "paid_elsewhere"]
INSIDERS = {"officer": 200, "holder": 200, "manager": 403, "administrator": 403}
NOBODYS = UUID(int=7)
AUTOCOMPLETE = "/admin/autocomplete/?app_label=communications&term=k&model_name={}&field_name={}"


@pytest.fixture
def spring():
    with time_machine.travel("2021-05-12T10:00:00Z", tick=False):
        yield


@pytest.fixture
def director(roles):
    """May do everything in the portal but for this: the post is paid from outside OHCHR."""
    return User.objects.create_superuser("director", "director@example.org", "a long demo password")


@pytest.fixture
def paid_elsewhere(officer):
    """A desk officer whose post another organization pays since yesterday."""
    User.objects.filter(pk=officer.pk).update(paid_by=PaidBy.OUTSIDE)
    return User.objects.get(pk=officer.pk)


@pytest.fixture
def registered(kazakhstan):
    letter = Letter(kind="AL", country=kazakhstan, reference_code="KAZ", number=2, year=2021)
    return services.register(letter, sent_on=date(2021, 3, 1), by=None)


def addresses(letter):
    """Every address under the app, whatever the admin class comes to offer."""
    patterns = [pattern for pattern in admin.site._registry[Letter].urls if pattern.name]
    known = {"object_id": letter.pk, "pk": letter.pk, "signatory": 1, "form": "pdf", "case": NOBODYS}
    for pattern in patterns:
        arguments = {name: known[name] for name in pattern.pattern.converters}
        yield reverse(f"admin:{pattern.name}", kwargs=arguments)
    yield f"{LIST}{letter.pk}/"
    yield "/admin/communications/"
    yield "/fr/admin/communications/letter/"
    yield "/admin/communications/nothing-here/"
    yield AUTOCOMPLETE.format("signatory", "letter")
    yield AUTOCOMPLETE.format("signatory", "mandate")
    yield AUTOCOMPLETE.format("letter", "country")


def fields(**given):
    """A form as the page sends it."""
    management = {
        f"{inline}-{name}": number
        for inline in ("signatories", "steps")
        for name, number in (("TOTAL_FORMS", 0), ("INITIAL_FORMS", 0))
    }
    data = {
        "reference": "AL KAZ 2/2021",
        "sent_on": "2021-03-01",
        "joint": "unknown",
        "acknowledged_by_state": "unknown",
    }
    return data | management | given


def add(client, **given):
    return client.post(f"{LIST}add/", fields(**given))


def errors(response):
    form = response.context["adminform"].form
    return [str(sentence) for sentences in form.errors.values() for sentence in sentences]


REPLY = {"received_on": "2021-05-10", "channel": "email", "language": "en", "translation": "not_needed"}


# Who gets in


@pytest.mark.demand("WP-27-4", "WP-19c-4")
@pytest.mark.parametrize("who", OUTSIDERS)
def test_people_paid_from_outside_meet_the_reason_everywhere(request, as_user, letter, who):
    user = request.getfixturevalue(who)
    client = as_user(user)
    for address in list(addresses(letter)):
        with translation.override("fr" if address.startswith("/fr/") else "en"):
            reason = may_work_on_communications(user).reason
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 403, address
            assert reason in unescape(said(response)), address
            assert "KAZ" not in said(response), address
    assert not Entry.objects.filter(verb="letter.read").exists()


def addresses_of_the_app():
    """Of every page under communications other than those on a letter: cases, texts, replies, publication, figures."""
    known = {
        "object_id": 1,
        "pk": NOBODYS,
        "record": NOBODYS,
        "state": "under_review",
        "name": "note",
        "form": "csv",
        "uuid": NOBODYS,
        "session": 48,
    }
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label != "communications" or model is Letter:
            continue
        for pattern in filter(lambda pattern: pattern.name, model_admin.urls):
            arguments = {name: known[name] for name in pattern.pattern.regex.groupindex}
            yield reverse(f"admin:{pattern.name}", kwargs=arguments)


def test_every_page_of_the_app_is_shut_even_to_a_superuser_paid_from_outside(as_user, director):
    client, found = as_user(director), list(addresses_of_the_app())
    for name in ("assess", "lettertemplate", "norm", "reply", "publication", "missionreminder", "figures", "report"):
        assert any(name in address for address in found), name
    for address in found:
        for response in (client.get(address), client.post(address)):
            assert response.status_code == 403, address


@pytest.mark.parametrize(("who", "status"), INSIDERS.items())
def test_people_paid_by_ohchr_get_what_their_role_gives(request, as_user, letter, who, status):
    client = as_user(request.getfixturevalue(who))
    for address in (LIST, f"{LIST}add/", f"{LIST}{letter.pk}/change/", f"{LIST}{letter.pk}/history/"):
        assert client.get(address).status_code == status, address


@pytest.mark.parametrize("who", [*INSIDERS, *OUTSIDERS])
def test_nobody_deletes_a_letter(request, as_user, letter, who):
    client = as_user(request.getfixturevalue(who))
    assert client.post(f"{LIST}{letter.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": [letter.pk], "post": "yes"})
    assert Letter.objects.exists()


def test_visitors_are_sent_to_the_login(client, letter):
    for address in addresses(letter):
        response = client.get(address)
        if response.status_code != 404:
            assert response.status_code == 302, address
            assert "/login/" in response.url, address


@pytest.mark.parametrize("who", OUTSIDERS)
def test_start_page_names_letters_only_to_those_who_may_read_them(request, as_user, letter, who):
    assert LIST not in as_user(request.getfixturevalue(who)).get("/admin/").content.decode()


def test_start_page_names_letters_to_the_desk(desk):
    assert LIST in desk.get("/admin/").content.decode()


def test_reading_a_letter_is_recorded_without_its_reference(desk, officer, letter):
    desk.get(f"{LIST}{letter.pk}/change/")
    desk.get(LIST)
    (entry,) = Entry.objects.filter(verb__startswith="letter")
    assert (entry.verb, entry.by, entry.target_id, entry.target_label) == (
        "letter.read",
        officer,
        str(letter.pk),
        f"letter {letter.pk}",
    )


# Entering a letter


def test_reference_fills_in_state_and_type_and_starts_the_clock(desk, officer, kazakhstan):
    assert add(desk, reference="  jua kaz02 /2020 ").status_code == 302
    letter = Letter.objects.get()
    assert (letter.reference, letter.country, letter.joint, letter.sent_on) == (
        "UA KAZ 2/2020",
        kazakhstan,
        True,
        date(2021, 3, 1),
    )
    assert (letter.reply_deadline.due_on, letter.reply_deadline.owner) == (date(2021, 4, 30), officer)
    labels = Entry.objects.filter(target_type="communications.letter").values_list("target_label", flat=True)
    assert set(labels) == {f"letter {letter.pk}"}


def test_reference_without_a_type_leaves_the_type_open(desk, kazakhstan):
    add(desk, reference="KAZ 2/2019")
    assert Letter.objects.get().kind == ""


def test_letter_that_has_no_number_yet_needs_its_state(desk, kazakhstan):
    assert errors(add(desk, reference="")) == [
        "A letter goes to one addressee. Choose a State, or name another addressee, not both."
    ]
    assert add(desk, reference="", country=kazakhstan.pk).status_code == 302


def test_other_codes_go_with_another_addressee(desk):
    assert add(desk, reference="OL OTH 35/2021", other_addressee="A company").status_code == 302
    assert str(Letter.objects.get()) == "OL OTH 35/2021"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"reference": "KAZ two/2021"}, "“KAZ two/2021” is not a reference number."),
        ({"reference": "KAZ 2/2022"}, "The year 2022 is still to come."),
        ({"reference": "XYZ 2/2021"}, "“XYZ” is not the ISO code of a member or observer State."),
        ({"reference": "KAZ 2/2021", "other_addressee": "A company"}, "A letter goes to one addressee."),
        ({"reference": "AL KAZ 2/2021", "kind": "UA"}, "The reference says “Allegation letter”."),
        ({"reference": "JAL KAZ 2/2021", "joint": "false"}, "The J in the reference says that the letter is joint."),
        ({"joint": "true", "mandate_count": "1"}, "A joint letter is signed by more than one mandate holder"),
        ({"sent_on": "2021-05-13"}, "This day is still to come."),
        ({"sent_on": ""}, "Give the day on which the letter was sent; the reply is counted from it."),
    ],
)
def test_bad_input_is_answered_in_a_sentence_and_kept(desk, kazakhstan, given, sentence):
    response = add(desk, **given)
    assert [error for error in errors(response) if error.startswith(sentence)], errors(response)
    assert not Letter.objects.exists()
    assert not Deadline.objects.exists()
    for name, typed in given.items():
        assert str(response.context["adminform"].form[name].value()).lower() == typed.lower()


@pytest.mark.parametrize("reference", ["KAZ two/2021", "KAZ 2/2022", "XYZ 2/2021"])
def test_reference_that_cannot_be_read_is_the_only_complaint(desk, kazakhstan, reference):
    assert len(errors(add(desk, reference=reference))) == 1


def test_page_of_a_letter_without_a_deadline_shows_a_dash(desk, kazakhstan):
    page = said(desk.get(f"{LIST}add/"))
    assert "Reply due: –" in page
    assert "None" not in page


def test_nul_in_a_reference_is_refused(desk, kazakhstan):
    assert add(desk, reference="KAZ\x00 2/2021").status_code in {200, 400}
    assert not Letter.objects.exists()


def test_state_beside_the_reference_must_be_the_same(desk, kazakhstan, egypt):
    (error,) = errors(add(desk, country=egypt.pk))
    assert error == "The reference names “KAZ”, which is not Egypt. Correct the one that is wrong."


@pytest.mark.parametrize("again", ["AL KAZ 2/2021", "UA KAZ 2/2021", "kaz2/2021"])
def test_reference_that_is_there_is_refused_in_a_sentence(desk, registered, again):
    (error,) = errors(add(desk, reference=again))
    assert error.startswith("This reference number is recorded already.")
    assert Letter.objects.count() == 1


def test_change_keeps_the_reference_and_the_steps(desk, registered):
    services.publish(registered, on=date(2021, 5, 1), by=None)
    page = desk.get(f"{LIST}{registered.pk}/change/")
    assert page.context["adminform"].form["reference"].value() == "KAZ 2/2021"
    response = desk.post(
        f"{LIST}{registered.pk}/change/",
        fields(reference="KAZ 2/2021", kind="AL", outcome="A law was changed", role="lead"),
    )
    assert response.status_code == 302
    letter = Letter.objects.get()
    assert (letter.reference, letter.outcome, letter.state) == ("AL KAZ 2/2021", "A law was changed", "published")


def test_corrected_day_of_sending_moves_the_clock(desk, registered):
    desk.post(f"{LIST}{registered.pk}/change/", fields(sent_on="2021-03-15"))
    letter = Letter.objects.get()
    assert (letter.sent_on, letter.reply_deadline.due_on) == (date(2021, 3, 15), date(2021, 5, 14))
    assert Deadline.objects.filter(state=State.OPEN).count() == 1


def test_mandates_are_entered_in_their_order(desk, kazakhstan):
    ours, other = (Mandate.objects.create(code=code, label=code) for code in ("ie-sogi", "torture"))
    rows = {"signatories-TOTAL_FORMS": 2}
    for place, mandate in enumerate([other, ours]):
        rows |= {f"signatories-{place}-order": 2 - place, f"signatories-{place}-mandate": mandate.pk}
    assert add(desk, **rows).status_code == 302
    assert [row.mandate for row in Signatory.objects.all()] == [ours, other]


# The list


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3),
        ("state=all", 4),
        ("state=closed", 1),
        ("state=sent", 1),
        ("state=nonsense", 4),
        ("q=kaz+2/2021&state=all", 1),
        ("q=KAZ2/2021&state=all", 1),
        ("q=Kazakhstan&state=all", 4),
        ("q=Egypt&state=all", 0),
        ("kind__exact=UA&state=all", 1),
        ("joint__exact=1&state=all", 1),
        ("year=2020&state=all", 1),
        ("country__regional_group__exact=ASIA_PACIFIC&state=all", 4),
        ("country__regional_group__exact=AFRICA&state=all", 0),
        ("sent_on__year=2021&state=all", 4),
    ],
)
def test_list_finds_and_filters(desk, new_letter, query, found):
    new_letter()
    new_letter(number=3, kind="UA", state=LetterState.REPLIED)
    new_letter(number=4, joint=True, state=LetterState.PUBLISHED)
    new_letter(number=2, year=2020, state=LetterState.CLOSED)
    response = desk.get(f"{LIST}?{query}")
    assert response.context["cl"].result_count == found


def test_list_says_where_a_letter_stands_in_words(desk, registered):
    text = said(desk.get(LIST))
    for words in ("AL KAZ 2/2021", "Kazakhstan", "Sent, awaiting a reply", "30 April 2021 (12 days late)"):
        assert words in text


@pytest.mark.parametrize(
    "query", ["?p=nonsense", "?q=%00", "?q=%E2%80%8F", "?year=x", "?sent_on__year=99999", "?o=9.-1.x"]
)
def test_list_takes_nonsense(desk, letter, query):
    assert desk.get(LIST + query).status_code in {200, 302, 400}


def test_list_asks_the_database_as_often_for_three_letters_as_for_one(desk, kazakhstan):
    asked = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            letter = Letter(kind="AL", country=kazakhstan, reference_code="KAZ", number=number, year=2021)
            services.register(letter, sent_on=date(2021, 3, number), by=None)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(LIST).context["cl"].result_count == numbers[-1]
        asked.append(len(queries))
    assert asked == [LIST_QUERIES, LIST_QUERIES]


LIST_QUERIES = 10


# Steps


def test_page_offers_exactly_the_steps_that_are_open(desk, new_letter):
    for number, state in enumerate(LetterState, 1):
        letter = new_letter(state=state, **({} if state in UNSENT else {"number": number}))
        offered = [
            address.rstrip("/").rsplit("/", 1)[1]
            for _label, address in desk.get(f"{LIST}{letter.pk}/change/").context["acts"]
        ]
        names = {"follow-up": "follow_up", "close": "closed"}
        assert {names[name] for name in offered if name in names} == set(state.successors) & set(names.values())
        assert ("propose" in offered) == (not letter.public and state not in UNSENT)
        assert ("reply" in offered) == (state not in UNSENT)


def test_step_is_taken_by_post_only(desk, officer, registered):
    address = f"{LIST}{registered.pk}/reply/"
    assert desk.get(address).status_code == 200
    assert Letter.objects.get().state == LetterState.SENT
    assert desk.post(address, REPLY | {"received_on": "2021-05-10"}).status_code == 302
    letter = Letter.objects.get()
    assert (letter.state, letter.replied_on, letter.reply_deadline.state) == ("replied", date(2021, 5, 10), State.OPEN)
    assert Step.objects.get().by == officer


@pytest.mark.parametrize(
    ("step", "data", "sentence"),
    [
        ("reply", REPLY | {"received_on": "2021-05-13"}, "This day is still to come."),
        ("reply", REPLY | {"received_on": "2021-02-01"}, "“AL KAZ 2/2021” was not sent yet on that day"),
        ("reply", REPLY | {"others": "KAZ 9/2021"}, "No letter of the register has the reference “KAZ 9/2021”."),
        ("close", {"on": "2021-05-10", "reason": "Done."}, "“Sent, awaiting a reply” cannot become “Closed”."),
        ("close", {"on": "2021-05-10"}, "This field is required."),
        ("propose", {"session": "45"}, "Session 45 is before the one this letter belongs to."),
    ],
)
def test_refused_step_says_why(desk, registered, step, data, sentence):
    response = desk.post(f"{LIST}{registered.pk}/{step}/", data)
    assert response.status_code == 200
    assert sentence in said(response)
    assert Letter.objects.get().state == LetterState.SENT


def test_reader_without_the_right_to_change_takes_no_step(as_user, manager, registered):
    manager.user_permissions.add(Permission.objects.get(codename="view_letter"))
    client = as_user(User.objects.get(pk=manager.pk))
    page = client.get(f"{LIST}{registered.pk}/change/")
    assert page.context["acts"] == []
    assert "AL KAZ 2/2021" in said(page)
    response = client.post(f"{LIST}{registered.pk}/reply/", {"on": "2021-05-10"})
    assert response.status_code == 403
    assert "Your role may read letters but not take their steps." in said(response)
