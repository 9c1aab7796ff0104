"""Templates of strategies from the data file; what staff changed is kept."""

from pathlib import Path

from dissemination.strategies.models import PLAN_FIELDS, StrategyTemplate, TemplateActivity, TemplateIndicator
from iesogi.reference.loading import Loader
from iesogi.reference.sources import read_rows

TEMPLATES = Path(__file__).parent / "data" / "templates.yaml"


def load_templates(loader: Loader) -> None:
    for row in read_rows(TEMPLATES):
        words = {name: row.need(name) for name in PLAN_FIELDS}
        template = loader.put(StrategyTemplate, key={"kind": row.need("kind")}, values=words, where=row.where).row
        for order, each in enumerate(row.need("activities"), start=1):
            key = {"template": template, "title": each.need("title")}
            values = {name: each.need(name) for name in ("stage", "kind", "days")} | {"order": order}
            loader.put(TemplateActivity, key=key, values=values, where=each.where)
        for each in row.need("indicators"):
            key = {"template": template, "label": each.need("label")}
            loader.put(TemplateIndicator, key=key, values={"measured_by": each.need("measured_by")}, where=each.where)
