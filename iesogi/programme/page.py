"""The programme's text in the order of the document: chapters, paragraphs, notes. A fixed number of queries."""

from typing import NamedTuple

from django.db.models import Prefetch

from iesogi.programme.computed import computed_figures, printed_figures
from iesogi.programme.models import Footnote, Paragraph, Section, WorkProgramme
from iesogi.programme.text import Block, blocks, figures_by_code, linked_mark


class PageParagraph(NamedTuple):
    number: int
    topic: str
    blocks: list[Block]
    exhibits: list[str]
    footnotes: list[Footnote]


class Chapter(NamedTuple):
    section: Section
    paragraphs: list[PageParagraph]


def chapters(programme: WorkProgramme, *, footnote=linked_mark) -> list[Chapter]:
    """Every section with its paragraphs rendered; `footnote(number)` gives the HTML of a mark."""
    figures = figures_by_code([*printed_figures(programme), *computed_figures(programme)])
    paragraphs = Paragraph.objects.prefetch_related("footnotes")
    sections = programme.sections.prefetch_related(Prefetch("paragraphs", paragraphs))
    return [
        Chapter(section, [_page_paragraph(each, figures, footnote) for each in section.paragraphs.all()])
        for section in sections
    ]


def _page_paragraph(paragraph: Paragraph, figures: dict[str, str], footnote) -> PageParagraph:
    return PageParagraph(
        number=paragraph.number,
        topic=paragraph.topic,
        blocks=blocks(paragraph.body, figures, footnote),
        exhibits=paragraph.exhibits,
        footnotes=list(paragraph.footnotes.all()),
    )
