"""Templates and norms from the data files; what staff worded anew is kept."""

from pathlib import Path

from communications.enums import Language, LetterKind
from communications.models import LetterTemplate, Norm
from iesogi.reference.loading import Loader
from iesogi.reference.sources import read_rows, read_yaml

DATA = Path(__file__).parent / "data"


def load_texts(loader: Loader) -> None:
    for language, parts in read_yaml(DATA / "templates.yaml").items():
        for kind in LetterKind:
            said = (parts.need("opening"), parts.need(kind.value), parts.need("rest"), parts.get(f"{kind.value}_end"))
            body = "\n\n".join(each.strip() for each in (*said, parts.need("end")) if each)
            key = {"kind": kind.value, "language": Language(language).value}
            loader.put(LetterTemplate, key=key, values={"body": body}, where=parts.where)
    for order, row in enumerate(read_rows(DATA / "norms.yaml"), start=1):
        texts = {f"text_{language.value}": row.need(language.value) for language in Language}
        values = {"instrument": row.need("instrument"), "source": row.need("source"), "order": order * 10}
        values |= {"provision": row.get("provision", ""), "is_binding": row.get("is_binding", True)}
        loader.put(Norm, key={"code": row.need("code")}, values=values | texts, where=row.where)
