"""Before publication nothing that the public reads tells that a letter exists: every page, feed, file and count (R1).

The same portal is read twice, once without and once with letters that are not public, by every address that answers
without a login. Not a byte may differ, and no mark of the letters may stand anywhere.
"""

import re
from datetime import date
from uuid import UUID

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from communications.models import Letter, Rendition, Reply
from communications.publication import services
from iesogi.deadlines.days import morning_of
from iesogi.programme.models import WorkProgramme
from iesogi.programme.snapshot import snapshot
from iesogi.reference.models import Country, Perspective
from iesogi.site.countries import sheet
from tests.site.test_public import PUBLIC

MARK = "Zq7canaryL4"
NUMBER = 8761
FILE = UUID("8d3f1a52-6c1e-4f7b-9a55-0c2b7e1d4f60")
# Doors that answer only to a key of their own, or take something in; none of them reads a letter.
KEYED = {
    "campaigns:confirm", "newsletter:confirm", "newsletter:leave", "newsletter:preferences", "recommendations:tell",
    "recommendations:told", "thread:add", "thread:close", "thread:consent", "thread:page", "thread:reprisal",
    "thread:withdraw",
}  # fmt: skip
# Words that change with each answer by themselves: keys of sealed forms.
OWN = re.compile(rb'(name="(?:token|sealed|gate|draft|key|stamp)"[^>]*value="|value=")[^"]{20,}"')
ARGUMENTS = {
    "communications:detail": [["KAZ-8761-2021"], ["kaz-8761-2021"], ["KAZ-2-2019"]],
    "communications:export": [["csv"], ["json"]],
    "communications:file": [["KAZ-8761-2021", FILE], ["kaz-8761-2021", FILE]],
    "communications:letter-pdf": [["KAZ-8761-2021"], ["kaz-8761-2021"], ["KAZ-2-2019"]],
    "communications:state": [["KAZ"], ["PER"]],
    "country": [["kaz"], ["per"]],
    "country-sheet": [],  # its data are compared below, and those of the work programme's PDF
    "programme:pdf": [],
    "recommendations:export": [["csv"], ["json"]],
    "recommendations:state": [["KAZ"]],
}
QUESTIONS = [
    f"?q=KAZ+{NUMBER}%2F2021", f"?q={MARK}", "?state=PER", "?session=48", "?reply=any", "?sent_from=2021-01-01",
    f"?theme={MARK.lower()}", "?mandate=1", "?kind=UA", "?year=2021",
]  # fmt: skip


def addresses():
    for name in sorted(PUBLIC - KEYED):
        for arguments in ARGUMENTS.get(name, [[]]):
            try:
                yield reverse(name, args=arguments)
            except Exception as error:
                if arguments:
                    raise AssertionError(name) from error
    for page in ("communications:list", "communications:figures", "communications:figures_file", "home", "calendar"):
        for question in QUESTIONS:
            yield reverse(page) + question


def read(client):
    found = {}
    for address in addresses():
        response = client.get(address)
        content = b"".join(response) if response.streaming else response.content
        found[address] = (response.status_code, OWN.sub(b"", content))
    return found | {"sheet": repr(sheet(Country.objects.get(iso3="PER"))), "programme": repr(snapshot_of_programme())}


def snapshot_of_programme():
    return snapshot(WorkProgramme.objects.get(code="wp-2021-2023"), as_of=date(2021, 8, 20))


@pytest.fixture
def august():
    with time_machine.travel(morning_of(date(2021, 8, 20)), tick=False) as clock:
        yield clock


def hidden_letters(officer):
    theme = Perspective.objects.get(code=MARK.lower())
    for iso3 in ("KAZ", "PER"):
        letter = Letter.objects.create(
            kind="UA",
            country=Country.objects.get(iso3=iso3),
            reference_code=iso3,
            number=NUMBER,
            year=2021,
            state="replied",
            sent_on=date(2021, 3, 1),
            replied_on=date(2021, 4, 1),
            reply_class="partial",
            matter=MARK,
            outcome=MARK,
        )
        letter.themes.add(theme)
        reply = Reply.objects.create(
            received_on=date(2021, 4, 1), channel="email", language="ru", reply_class="partial",
            publishable=True, classified_on=date(2021, 4, 2),
        )  # fmt: skip
        reply.letters.add(letter)
    services.tick(now=morning_of(date(2021, 8, 2)), enqueue=False)
    row = Letter.objects.get(reference_code="KAZ", number=NUMBER).publication
    services.redact(row, title=MARK, text=MARK, naming="nobody", by=officer)
    stored = default_storage.save("renditions/x.pdf", ContentFile(MARK))
    file = {"stored": stored, "sha256": "0" * 64, "size": 12, "pages": 1, "text": MARK}
    Rendition.objects.create(uuid=FILE, publication=row, added_by=officer, added_on=date(2021, 8, 3), **file)


@pytest.mark.django_db
def test_nothing_public_tells_of_a_letter_before_its_publication(client, programme, officer, august):
    Perspective.objects.create(kind="topic", code=MARK.lower(), label="Free movement")
    before = read(client)
    hidden_letters(officer)
    after = read(client)
    assert len(after) > 40
    assert [address for address in after if after[address] != before[address]] == []
