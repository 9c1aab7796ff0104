"""Markdown of staff to what readers get: HTML that is safe to show, and text for mails without it."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# No pictures: one from elsewhere would tell somebody who reads.
TAGS = {"p", "h2", "h3", "h4", "em", "strong", "a", "ul", "ol", "li", "blockquote", "br", "hr"}
SCHEMES = {"http", "https", "mailto"}

_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence"])


def to_html(text: str) -> SafeString:
    """Headings begin at the second level: the page has its own first one."""
    html = _markdown.render(text).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(html, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noreferrer")
    return mark_safe(clean)  # noqa: S308 - cleaned against a list


def to_text(text: str) -> str:
    """Readable without any signs of Markdown; the address of a link stands behind its words."""
    lines: list[str] = []
    marks: list[str] = []
    for token in _markdown.parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            marks.append("-" if token.type.startswith("bullet") else "1")
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            marks.pop()
        elif token.type == "inline":
            lines.append(_marked(_inline(token.children or []), marks))
        elif token.type == "hr":
            lines.append("-" * 20)
    return "\n\n".join(lines)


def _marked(line: str, marks: list[str]) -> str:
    if not marks:
        return line
    mark = marks[-1]
    if mark.isdigit():
        marks[-1] = str(int(mark) + 1)
        mark += "."
    return f"{'  ' * (len(marks) - 1)}{mark} {line}"


def _inline(tokens: list[Token]) -> str:
    said, address = "", ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            said += "" if said.endswith(address) else f" ({address})"
        elif token.type in {"softbreak", "hardbreak"}:
            said += "\n"
        else:
            said += token.content
    return said
