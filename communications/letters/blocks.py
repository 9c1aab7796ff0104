"""The plain text of a letter as paragraphs, and what changed from one version to another."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

HEADING, ITEM, PARAGRAPH = "heading", "item", "paragraph"
MARKS = {"## ": HEADING, "- ": ITEM}


class Block(NamedTuple):
    kind: str
    text: str


def blocks(text: str, *, joint: str = " ") -> list[Block]:
    """Paragraphs stand apart by an empty line; "## " begins a heading, "- " an item of a list.

    `joint` is put between the lines of a paragraph: a line feed keeps them apart.
    """
    return [block for part in text.replace("\r\n", "\n").split("\n\n") for block in _of_part(part, joint)]


class Run(NamedTuple):
    """A heading or a paragraph by itself, or the items of one list; `first` is the number of the first of them."""

    kind: str
    texts: list[str]
    first: int


def runs(found: list[Block]) -> list[Run]:
    """Items are numbered through the whole letter, as Word does, so that a reply can say which it answers."""
    made, number = [], 1
    for kind, group in groupby(found, key=lambda block: block.kind):
        texts = [block.text for block in group]
        if kind == ITEM:
            made.append(Run(kind, texts, number))
            number += len(texts)
        else:
            made += [Run(kind, [text], 0) for text in texts]
    return made


def _of_part(part: str, joint: str) -> Iterator[Block]:
    waiting: list[str] = []
    for line in part.strip().splitlines():
        mark = next((mark for mark in MARKS if line.startswith(mark)), "")
        if not mark:
            waiting.append(line.strip())
            continue
        yield from _paragraph(waiting, joint)
        waiting = []
        yield Block(MARKS[mark], line.removeprefix(mark).strip())
    yield from _paragraph(waiting, joint)


def _paragraph(lines: list[str], joint: str) -> Iterator[Block]:
    if any(lines):
        yield Block(PARAGRAPH, joint.join(line for line in lines if line))


class Change(NamedTuple):
    """`tag` is "" for what stayed, "ins" and "del" for what came and went; as the elements of HTML."""

    tag: str
    text: str


def changes(old: str, new: str) -> list[list[Change]]:
    """Paragraph by paragraph, and within changed ones word by word."""
    before, after = paragraphs(old), paragraphs(new)
    rows = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [[Change("", text)] for text in before[i:j]]
            continue
        shared = min(j - i, m - k)
        rows += [_words(before[i + n], after[k + n]) for n in range(shared)]
        rows += [[Change("del", text)] for text in before[i + shared : j]]
        rows += [[Change("ins", text)] for text in after[k + shared : m]]
    return rows


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _words(old: str, new: str) -> list[Change]:
    before, after = old.split(), new.split()
    made = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            made.append(Change("", " ".join(before[i:j])))
            continue
        if i < j:
            made.append(Change("del", " ".join(before[i:j])))
        if k < m:
            made.append(Change("ins", " ".join(after[k:m])))
    return made
