"""What the public may know of letters. Everything here begins with `published()`; nothing else leaves this app (R1).

Words about a letter come from its redacted version. A letter without one is printed by the mandate itself, in the work
programme, and keeps the words of the print.
"""

from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from communications.letters.blocks import Run, blocks, runs
from communications.models import Letter, Rendition, Reply
from communications.publication.enums import PublicationState
from communications.publication.models import Publication
from communications.references import MalformedReferenceError, parse
from communications.replies.enums import FULLEST_FIRST
from iesogi.reference.models import Country, Mandate, Perspective
from iesogi.reference.text import fold

ANY, NONE = "any", "none"


def letters() -> QuerySet:
    return Letter.objects.published().select_related("country", "publication")


def with_relations(found: QuerySet) -> QuerySet:
    """Mandates, themes and public replies in one query each, however many letters."""
    replies = Prefetch("replies", Reply.objects.public().order_by("received_on", "pk"), to_attr="public_replies")
    themes = Prefetch("themes", Perspective.objects.order_by("label"), to_attr="public_themes")
    return found.prefetch_related("signatories__mandate", replies, themes)


def attach(letter: Letter, files: Iterable[Rendition], address: Callable[[Rendition], str]) -> None:
    """`public_file` on the letter and on each of its public replies; asks for `with_relations`."""
    found = list(files)
    for file in found:
        file.address = address(file)
    of_reply = {file.reply_id: file for file in found if file.reply_id}
    letter.public_file = next((file for file in found if file.publication_id), None)
    for reply in letter.public_replies:
        reply.public_file = of_reply.get(reply.pk)


def publication_of(letter: Letter) -> Publication | None:
    row = getattr(letter, "publication", None)
    return row if row and row.is_public else None


def is_printed(letter: Letter) -> bool:
    """Made public by the mandate itself, so that its own words are the public ones."""
    return getattr(letter, "publication", None) is None


def matter(letter: Letter) -> str:
    row = publication_of(letter)
    if row:
        return row.title
    return letter.matter if is_printed(letter) else ""


def text_of(row: Publication) -> list[Run]:
    """The redacted text as headings, paragraphs and lists, with its lines as they were typed; on page and in PDF."""
    return runs(blocks(row.text, joint="\n"))


def outcome(letter: Letter) -> str:
    row = publication_of(letter)
    return letter.outcome if is_printed(letter) or (row and row.shows_outcome) else ""


def fullest(letter: Letter) -> Reply | None:
    """Of the public replies the one that says most; asks for `public_replies`."""
    order = FULLEST_FIRST.index
    return min(letter.public_replies, key=lambda reply: order(reply.reply_class), default=None)


def answered() -> Exists:
    return Exists(Reply.objects.public().filter(letters=OuterRef("pk")))


def with_reply(found: QuerySet, asked: str) -> QuerySet:
    """`any`, `none`, or a class of replies; only what is public counts."""
    if asked == NONE:
        return found.filter(~answered())
    if asked == ANY:
        return found.filter(answered())
    return found.filter(Exists(Reply.objects.public().filter(letters=OuterRef("pk"), reply_class=asked)))


def matching(found: QuerySet, text: str) -> QuerySet:
    """A reference in any spacing; or words, each of which stands in the State's name, the reference or the title."""
    try:
        reference = parse(text)
    except MalformedReferenceError:
        return _with_words(found, fold(text).split())
    return found.filter(reference_code=reference.country, number=reference.number, year=reference.year)


def _with_words(found: QuerySet, words: list[str]) -> QuerySet:
    """Words of the letter stand in a column of its own, so that neither a count nor a page joins another table."""
    for word in words:
        states = list(Country.objects.search(word).values_list("pk", flat=True))
        anywhere = Q(search_text__contains=word) | Q(country__in=states)
        if word.isdecimal() and len(word) < 5:
            anywhere |= Q(number=int(word)) | Q(year=int(word))
        found = found.filter(anywhere)
    return found


def states() -> QuerySet:
    """States with a public letter, by name in the language of the page."""
    spoken_to = Letter.objects.published().filter(country=OuterRef("pk"))
    return Country.objects.filter(Exists(spoken_to)).in_page_order()


def mandates() -> QuerySet:
    """All of them, since which of them signed would be read anew from every letter for each page."""
    return Mandate.objects.order_by("label")


def themes() -> QuerySet:
    """All of them, for the same reason."""
    return Perspective.objects.order_by("label")


def sessions() -> list[int]:
    """Numbers of the sessions to which public letters were reported, the newest first."""
    public = Publication.objects.filter(letter__public=True, state=PublicationState.PUBLISHED).order_by("session")
    first, last = public.first(), public.last()
    return list(range(last.session, first.session - 1, -1)) if first else []
