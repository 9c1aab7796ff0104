"""The communications report of one session: letters by State and then by date, late replies, statistics.

Before the Council has it, it is confidential. So it is made in the request of whoever may read letters, and kept
nowhere: neither as a document nor as a job (R1; docs/architecture.md).
"""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from communications.desk.figures import Table as Figures
from communications.models import Letter, Publication, Reply
from communications.publication.enums import PublicationState
from communications.publication.windows import Window, window_of
from communications.register import catalogue
from communications.reporting.statistics import figures
from iesogi.deadlines.clock import short
from iesogi.deadlines.days import today
from iesogi.documents import services as documents
from iesogi.documents.tables import table
from iesogi.reference.models import Mandate
from iesogi.reference.querysets.countries import name_field

TEMPLATE = "pdf/communications/report.html"


def pdf(session: int, *, language: str) -> bytes:
    with translation.override(language):
        window = window_of(session)
        return documents.working_copy(
            title=_("Communications report: %(session)s") % {"session": window},
            template=TEMPLATE,
            snapshot=snapshot(window),
            language=language,
            as_of=today(),
        )


def letters_of(window: Window) -> QuerySet:
    """Put into this report and not held back; by State in the alphabet of the page, then by date (domain.md 1.9)."""
    rows = Publication.objects.of_session(window.session).exclude(state=PublicationState.HELD)
    found = Letter.objects.filter(publication__in=rows).select_related("country", "publication")
    replies = Prefetch("replies", Reply.objects.order_by("received_on", "pk"), to_attr="replies_in_order")
    in_order = found.order_by(f"country__{name_field()}", "other_addressee", "sent_on", "number")
    return in_order.prefetch_related("signatories__mandate", replies)


def late_replies(window: Window) -> list[tuple[Letter, Reply]]:
    """Received while this window took in replies, to letters of an earlier report (R12)."""
    received = Reply.objects.received_in(window.replies_from, window.replies_to)
    replies = received.filter(letters__sent_on__lt=window.sent_from).distinct().prefetch_related("letters__country")
    pairs = [(letter, reply) for reply in replies for letter in reply.letters.all()]
    late = [(letter, reply) for letter, reply in pairs if letter.sent_on and letter.sent_on < window.sent_from]
    return sorted(late, key=lambda pair: (str(pair[0].addressee), pair[1].received_on))


def snapshot(window: Window) -> dict[str, Any]:
    """Plain data in the language of the moment; a fixed number of queries."""
    letters = list(letters_of(window))
    late = late_replies(window)
    ours = str(getattr(Mandate.objects.ours(), "name", "–"))
    statistics = figures(Letter.objects.filter(pk__in=[letter.pk for letter in letters]), whole=True)
    return {
        "window": str(window),
        "facts": _facts(window, letters, late),
        "states": [
            {"name": name, "letters": [_letter(each, ours) for each in group]} for name, group in _by_state(letters)
        ],
        "late": _late(late),
        "statistics": [_figures(each) for each in statistics.tables if each.rows],
    }


def _figures(each: Figures) -> dict[str, Any]:
    """As `documents.tables.table`, with its cells set as figures."""
    kinds = ["name", *["figure"] * len(each.heads)]
    rows = [[row.label, *row.counts] for row in each.rows]
    made = table(each.title, ["", *each.heads], rows)
    made["headings"] = list(zip(["", *each.heads], kinds, strict=True))
    made["rows"] = [list(zip(map(str, row), kinds, strict=True)) for row in rows]
    return made


def _by_state(letters: list[Letter]) -> list[tuple[str, list[Letter]]]:
    found: dict[str, list[Letter]] = {}
    for letter in letters:
        found.setdefault(str(letter.addressee), []).append(letter)
    return list(found.items())


def _facts(window: Window, letters: list[Letter], late: list) -> list[tuple[str, str]]:
    replied = sum(bool(_within(letter)) for letter in letters)
    unconfirmed = sum(not letter.publication.is_public for letter in letters)
    return [
        (_("Report to"), str(window)),
        (_("Letters sent"), _("%(first)s to %(last)s") % _span(window.sent_from, window.sent_to)),
        (_("Replies received"), _("%(first)s to %(last)s") % _span(window.replies_from, window.replies_to)),
        (_("Letters"), str(len(letters))),
        (_("Of these replied to in time"), str(replied)),
        (_("Late replies to earlier letters"), str(len(late))),
        (_("Not confirmed for publication yet"), str(unconfirmed)),
    ]


def _span(first, last) -> dict[str, str]:
    return {"first": short(first), "last": short(last)}


def _within(letter: Letter) -> list[Reply]:
    return [reply for reply in letter.replies_in_order if not reply.is_late_for(letter)]


def _letter(letter: Letter, ours: str) -> dict[str, Any]:
    row, replies = letter.publication, _within(letter)
    return {
        "reference": str(letter),
        "about": row.title or _("The redacted version is not written yet."),
        "runs": [run._asdict() for run in catalogue.text_of(row)],
        "language": letter.language,
        "facts": [
            (_("Type"), str(letter.get_kind_display() or "–")),
            (_("Sent on"), short(letter.sent_on)),
            (_("Mandates that signed"), _signed_by(letter, ours)),
            (_("Reply"), "; ".join(map(_reply, replies)) or _("None by the end of the window")),
        ],
    }


def _signed_by(letter: Letter, ours: str) -> str:
    """A letter of ours alone lists nobody; of a joint one whose signatures nobody entered, nothing is known."""
    listed = "; ".join(each.mandate.name for each in letter.signatories.all())
    return listed or ("–" if letter.joint else ours)


def _reply(reply: Reply) -> str:
    words = {"day": short(reply.received_on), "kind": reply.get_reply_class_display() or _("waits to be read")}
    return _("%(day)s, %(kind)s") % words


def _late(late: list[tuple[Letter, Reply]]) -> dict[str, Any]:
    rows = [
        [str(letter.addressee), str(letter), short(letter.sent_on), short(reply.received_on), _kind(reply)]
        for letter, reply in late
    ]
    headings = [_("Addressed to"), _("Letter"), _("Sent on"), _("Reply received on"), _("Character of the reply")]
    return table(_("Late replies to letters of earlier reports"), headings, rows)


def _kind(reply: Reply) -> str:
    return str(reply.get_reply_class_display() or _("waits to be read"))
