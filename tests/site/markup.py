"""What a page is made of, read back from its HTML: enough to hold it against the rules of the house."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

LOADING = {"src", "srcset", "poster", "data", "background"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class Page(HTMLParser):
    """Tags with their attributes in order, and what a strict policy would refuse to run or load."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.inline: list[str] = []
        self.foreign: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        self.tags.append((tag, attrs))
        self.inline += [f"<{tag} {name}>" for name in attrs if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in attrs and not is_data(attrs)):
            self.inline.append(f"<{tag}>")
        self.inline += [f"<{tag} {name}={value}>" for name, value in attrs.items() if value.startswith("javascript:")]
        loaded = [value for name, value in attrs.items() if name in LOADING]
        if tag == "link" and loads(attrs):
            loaded.append(attrs.get("href", ""))
        self.foreign += [address for address in loaded if urlsplit(address).netloc]

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _tag, attrs in self.tags if "id" in attrs]

    @property
    def headings(self) -> list[str]:
        return [tag for tag, _attrs in self.tags if tag in HEADINGS]

    @property
    def links(self) -> list[str]:
        return [attrs["href"] for attrs in self.all("a") if "href" in attrs]


def is_data(attrs: dict[str, str]) -> bool:
    """A block of JSON is never run."""
    return attrs.get("type") == "application/json"


def loads(attrs: dict[str, str]) -> bool:
    return attrs.get("rel") in {"stylesheet", "icon", "preload", "modulepreload", "manifest"}


def page_of(response) -> Page:
    return Page(response.content.decode())
