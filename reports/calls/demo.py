"""An open call with contributions for a trial. All of them are invented, and none names a person."""

from datetime import datetime, timedelta

from django.db import transaction

from iesogi.reference.models import Country
from iesogi.vault import receipts
from reports.calls import services
from reports.calls.enums import CallState
from reports.calls.models import Call, CallText, Question
from reports.contributions import screening
from reports.contributions.enums import Timing
from reports.contributions.models import Contribution
from reports.contributions.services import Given, Place, submit

CODE = "sample-education"
TEXTS = {
    "en": (
        "Sample: education without violence and discrimination",
        "For a report to the Human Rights Council.\n\nThe mandate looks at what keeps pupils safe at school.",
        "Children and young people meet violence in places where they learn.",
        "Contributions are read by the team. What may be public is shown on this page.",
    ),
    "fr": ("Essai : une éducation sans violence ni discrimination", "Pour un rapport au Conseil.", "", ""),
    "es": ("Ejemplo: educación sin violencia ni discriminación", "Para un informe al Consejo.", "", ""),
}
QUESTIONS = [
    ("long", 500, "Which laws and policies keep pupils safe?", "Quelles lois protègent les élèves ?",
     "¿Qué leyes protegen al alumnado?", ""),
    ("long", 500, "What works in schools, and how do you know?", "Qu’est-ce qui fonctionne à l’école ?",
     "¿Qué funciona en las escuelas?", ""),
    ("choice", None, "Are there figures?", "Y a-t-il des chiffres ?", "¿Hay cifras?", "Yes\nNo\nNot public"),
    ("file", None, "Documents", "Documents", "Documentos", ""),
]  # fmt: skip
# Category, State, language, publication, name, words.
GIVEN = [
    ("member_state", "CHL", "es", "public", "Sample: Permanent Mission", "La ley obliga a cada escuela."),
    ("nhri", "KEN", "en", "public", "Sample: National Commission", "A hotline for pupils exists since 2020."),
    ("cso", "NPL", "en", "public", "Sample: Mountain Friends", "Teachers were trained in four districts."),
    ("cso", "TUN", "ar", "public_without_name", "Sample: a network", "التعليم حق للجميع، والمدرسة مكان آمن."),
    ("individual", None, "fr", "confidential", "Sample: a pupil", "À l’école, personne ne m’a aidé."),
]


def load_samples(*, by, now: datetime) -> list[tuple[Contribution, str]]:
    """Once: what is there already is left alone. Contributions with the numbers of their senders."""
    if Call.objects.filter(code=CODE).exists():
        return []
    call = _call(by=by, now=now)
    made = [_contribute(call, row, now=now) for row in GIVEN]
    screening.publish(screening.accept(made[2][0], by=by), by=by)
    return made


@transaction.atomic
def _call(*, by, now: datetime) -> Call:
    call = Call.objects.create(
        code=CODE, closes_at=now + timedelta(days=30), word_limit=2500, note="Sample of a trial"
    )
    for language, (title, purpose, background, use) in TEXTS.items():
        words = {"title": title, "purpose": purpose, "background": background, "use": use}
        CallText.objects.create(call=call, language=language, **words)
    for order, (kind, limit, en, fr, es, choices) in enumerate(QUESTIONS, 1):
        words = {"text_en": en, "text_fr": fr, "text_es": es, "choices_en": choices}
        Question.objects.create(call=call, order=order, kind=kind, word_limit=limit, **words)
    return services.move(call, CallState.PUBLISHED, by=by)


def _contribute(call: Call, row: tuple, *, now: datetime) -> tuple[Contribution, str]:
    category, iso3, language, publication, name, words = row
    country = Country.objects.filter(iso3=iso3).first() if iso3 else None
    given = Given(category, language, publication, country=country, name=name, answers={"1": words})
    number = receipts.new_number()
    made = submit(call, given, number=number, files=[], place=Place(Timing.IN_TIME), at=now)
    return Contribution.objects.get(content_id=made.content), receipts.grouped(number)
