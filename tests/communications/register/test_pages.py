"""The public register: found by what people ask for, at addresses that stay, and with files that stream."""

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communications.models import Publication, Reply
from communications.register.addresses import keep
from communications.register.searching import index
from iesogi.reference.models import Mandate, Perspective
from tests.site.markup import page_of

pytestmark = pytest.mark.django_db
PAGE = "/communications/"


@pytest.fixture
def holders(officer, holder):
    return {"redacted_by": officer, "confirmed_by": holder}


@pytest.fixture
def public(new_letter, holders):
    """`public(3, kind="UA")`: a published letter with its redacted version."""

    def make(number, *, title="Alleged arrest", **fields):
        day = {"published_on": date(2021, 8, 2), "state": "published"}
        letter = new_letter(number=number, **day | fields)
        Publication.objects.create(
            letter=letter, session=48, state="published", proposed_on=date(2021, 8, 1), title=title,
            text="It is alleged that…", naming="nobody", **holders,
        )  # fmt: skip
        index(letter)
        return letter

    return make


def answered(letter, reply_class, *, public_since=date(2021, 8, 2)):
    reply = Reply.objects.create(
        received_on=date(2021, 4, 1), channel="email", language="ru", reply_class=reply_class,
        classified_on=date(2021, 4, 2), publishable=True, public_since=public_since,
    )  # fmt: skip
    reply.letters.add(letter)


def found(client, query):
    page = client.get(f"{PAGE}{query}").context["page"]
    return sorted(letter.number for letter in page.object_list)


def test_letters_are_found_by_what_people_ask_for(client, public, egypt):
    first, second = public(1, kind="UA", joint=True, role="lead"), public(2, title="Draft law on registration")
    third = public(3, country=egypt, reference_code="EGY", sent_on=date(2021, 5, 3), title="Ban of an assembly")
    mandate = Mandate.objects.create(code="sogi", label="Independent Expert")
    first.signatories.create(mandate=mandate, order=1)
    second.themes.add(Perspective.objects.create(kind="topic", code="law", label="Law"))
    answered(first, "partial")
    answered(second, "substantive", public_since=None)
    expected = {
        "": [1, 2, 3],
        "?q=kaz1/2021": [1],
        "?q=law+registration": [2],
        "?q=egypt": [3],
        "?state=EGY": [3],
        "?group=ASIA_PACIFIC": [1, 2],
        "?kind=UA": [1],
        f"?mandate={mandate.pk}": [1],
        "?session=48": [1, 2, 3],
        "?session=47": [1, 2, 3],
        "?theme=law": [2],
        "?role=lead": [1],
        "?joint=yes": [1],
        "?reply=any": [1],
        "?reply=partial": [1],
        "?reply=none": [2, 3],
        "?reply=substantive": [],
        "?sent_from=2021-05-01": [3],
        "?sent_to=2021-04-30": [1, 2],
        "?state=&q=nothing+here": [],
    }
    assert {query: found(client, query) for query in expected} == expected
    assert third.public


def test_what_cannot_be_read_in_the_address_is_said_beside_its_field(client, public):
    public(1)
    response = client.get(f"{PAGE}?sent_from=yesterday&state=QQQ&page=many")
    assert response.status_code == 200
    assert "Enter a valid date." in response.content.decode()


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("KAZ-1-2021", 200),
        ("kaz-1-2021", 301),
        ("al-kaz-1-2021", 301),
        ("KAZ-9-2021", 404),
        ("1", 404),
        ("x" * 99, 404),
    ],
)
def test_address_is_the_reference_in_any_spelling(client, public, slug, status):
    public(1)
    response = client.get(f"{PAGE}{slug}/")
    assert response.status_code == status
    if status == 301:
        assert response["Location"] == f"{PAGE}KAZ-1-2021/"


def test_corrected_reference_leads_on_from_the_address_of_before(client, public):
    letter = public(1)
    keep(letter)
    letter.number = 11
    letter.save()
    assert client.get(f"{PAGE}KAZ-1-2021/")["Location"] == f"{PAGE}KAZ-11-2021/"


def test_page_of_a_state_says_how_it_replies(client, public):
    for number, reply_class in enumerate(["partial", "acknowledgement_only", ""], 1):
        letter = public(number)
        if reply_class:
            answered(letter, reply_class)
    profile = client.get(f"{PAGE}states/KAZ/").context["profile"]
    assert (profile.sent, profile.replied, profile.acknowledged, profile.rate) == (3, 2, 1, 66)
    assert (profile.typical_days, profile.classes) == (31, [("Partial reply", 1), ("Acknowledgement only", 1)])
    row = client.get(f"{PAGE}states/").context["states"][0]
    assert (row.sent, row.replied, row.acknowledged, row.rate) == (3, 2, 1, 66)
    assert client.get(f"{PAGE}states/kaz/").status_code == 301
    assert client.get(f"{PAGE}states/FRA/").status_code == 404


def test_files_hold_public_facts_alone_and_run_no_formula(client, public):
    letter = public(1, title="=Alleged", matter="what the desk wrote", outcome="not shown yet")
    answered(letter, "rejected", public_since=None)
    content = client.get(f"{PAGE}export.csv").getvalue().decode()
    (row,) = json.loads(client.get(f"{PAGE}export.json").getvalue())["letters"]
    assert (row["reference"], row["replies"], row["reply"], row["outcome"]) == ("AL KAZ 1/2021", 0, "", "")
    assert row["url"].endswith("/communications/KAZ-1-2021/")
    assert "'=Alleged" in content
    assert "what the desk wrote" not in content


@pytest.mark.parametrize(
    "address", [PAGE, *(PAGE + rest for rest in ("states/KAZ/", "states/", "export.csv", "figures/"))]
)
def test_pages_take_the_same_queries_however_many_letters(client, public, address):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address)
            b"".join(response)
        return len(captured)

    answered(public(1), "partial")
    few = queries()
    for number in (2, 3, 4):
        answered(public(number), "partial")
    assert queries() == few


def test_pages_stand_on_their_own(client, public):
    answered(public(1), "partial")
    for address in (f"{PAGE}KAZ-1-2021/", f"{PAGE}states/KAZ/", f"/ar{PAGE}KAZ-1-2021/"):
        response = client.get(address)
        page = page_of(response)
        assert not response.cookies
        assert page.inline == page.foreign == page.all("script") == []
        assert page.headings.count("h1") == 1


def test_figures_count_public_letters_and_replies_alone_and_print_no_small_cell(client, public, new_letter):
    for number in range(1, 8):
        letter = public(number, joint=number < 6)
        answered(letter, "acknowledgement_only" if number == 1 else "partial")
    answered(public(8), "substantive", public_since=None)
    public(9, kind="UA", sent_on=date(2020, 3, 1))
    new_letter(number=10)
    text = b"".join(client.get(f"{PAGE}figures.csv?year=2021")).decode()
    rows = {line.split(",")[0]: line.strip().split(",")[1:] for line in text.splitlines()}
    assert rows["All"] == ["8", "5", "62", "7", "87", "fewer than 5", "31"]
    assert rows["2020"][0] == "fewer than 5"
    assert rows["2021"][0] == "not shown"
    response = client.get(f"/ar{PAGE}figures/")
    page = page_of(response)
    assert not response.cookies
    assert page.inline == page.foreign == page.all("script") == []
    assert page.headings.count("h1") == 1


def test_letters_with_several_themes_count_in_the_line_of_each(client, public):
    law, work = (Perspective.objects.create(kind="topic", code=name.lower(), label=name) for name in ("Law", "Work"))
    for number in range(1, 8):
        letter = public(number)
        letter.themes.set([law, work] if number < 6 else [work])
        answered(letter, "acknowledgement_only" if number == 1 else "partial")
    public(8)
    old = public(9, sent_on=date(2020, 3, 1))
    old.themes.add(law)
    text = b"".join(client.get(f"{PAGE}figures.csv?year=2021")).decode()
    rows = {line.split(",")[0]: line.strip().split(",")[1:] for line in text.splitlines()}
    assert [rows[name][0] for name in ("Law", "Work")] == ["5", "7"]
    assert [rows[name][3] for name in ("Law", "Work")] == ["5", "7"]
    content = client.get(f"{PAGE}figures/?year=2020").content.decode()
    assert "By theme (a letter with several themes counts in each)" in content
    assert "fewer than 5" in content[content.index("By theme") :]
