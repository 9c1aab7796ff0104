"""What a publication will show the public, for the person who confirms it to read there and then.

The register draws both pages from the same template and the same object, so neither can tell more than the other.
"""

from typing import Any

from django.db.models import QuerySet

from communications.models import Letter
from communications.publication.enums import PublicationState
from communications.publication.models import Publication
from communications.register import catalogue
from communications.renditions.models import Rendition, staff_address
from communications.replies.models import Reply
from iesogi.deadlines.days import today
from iesogi.documents.services import digest


def replies_of(row: Publication) -> QuerySet:
    """Those that become public together with their letter: cleared, and in before the cut-off (R12).

    The early day is the letter's alone: what a State replied stays confidential until the report.
    """
    within = Reply.objects.filter(letters=row.letter_id, publishable=True, public_since=None)
    return within.none() if row.is_before_its_report else within.filter(received_on__lte=row.window.replies_to)


def as_published(row: Publication) -> Letter:
    """The letter as the register will draw it from today on. It is for reading, never to be saved."""
    letter = catalogue.with_relations(Letter.objects.filter(pk=row.letter_id).select_related("country")).get()
    public = {reply.pk: reply for reply in [*letter.public_replies, *replies_of(row)]}
    letter.public_replies = sorted(public.values(), key=lambda reply: (reply.received_on, reply.pk))
    letter.publication = Publication.objects.select_related("rendition").get(pk=row.pk)
    letter.publication.state = PublicationState.PUBLISHED
    catalogue.attach(letter, Rendition.objects.under(letter).select_related("added_by"), staff_address)
    letter.public, letter.published_on = True, letter.published_on or today()
    return letter


def fingerprint(letter: Letter) -> str:
    """Of all that `as_published` shows; it changes when a word, a fact or a reply does."""
    row, outcome = letter.publication, catalogue.outcome(letter)
    said: dict[str, Any] = {
        "letter": [letter.reference, letter.country_id, letter.other_addressee, letter.sent_on],
        "signed": [letter.mandate_count, letter.role, letter.joint],
        "mandates": [each.mandate_id for each in letter.signatories.all()],
        "themes": [theme.pk for theme in letter.public_themes],
        "words": [row.session, row.title, row.text, row.naming],
        "outcome": [outcome, letter.outcome_on, letter.event_on, letter.contribution] if outcome else [],
        "files": [file.sha256 for file in files_of(letter)],
        "replies": [[each.pk, each.received_on, each.reply_class, each.language] for each in letter.public_replies],
    }
    return digest(said)


def files_of(letter: Letter) -> list[Rendition]:
    """Of the letter first, then of its replies in their order."""
    return [each.public_file for each in (letter, *letter.public_replies) if each.public_file]


def page(row: Publication) -> dict[str, Any]:
    """What the page of the confirmation takes."""
    letter = as_published(row)
    return {
        "letter": letter,
        "publication": letter.publication,
        "files": files_of(letter),
        "shown": fingerprint(letter),
    }
