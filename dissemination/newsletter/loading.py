"""The lists anyone may subscribe to; what the campaign page asks for (ILGA-17)."""

from pathlib import Path

from dissemination.newsletter.models import NewsletterList
from iesogi.reference.loading import Loader
from iesogi.reference.sources import read_rows

LISTS = Path(__file__).parent / "data" / "lists.yaml"


def load_lists(loader: Loader) -> None:
    for row in read_rows(LISTS):
        values = {name: value for name, value in row.items() if name != "code"}
        loader.put(NewsletterList, key={"code": row.need("code")}, values=values, where=row.where)
