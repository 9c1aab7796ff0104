"""All rows of a file or none: one transaction, a few hundred statements for ten thousand rows."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from visits.exceptions import StepRefused
from visits.recommendations.enums import TagKind
from visits.recommendations.importing.judging import Judged, Tags, known_tags
from visits.recommendations.models import Recommendation, RecommendationTag

BATCH = 500
Links = Recommendation.tags.through


@transaction.atomic
def take_in(judged: Judged, *, by: Any, name: str, show: bool = False) -> dict[str, Any]:
    """Write what was judged; `show` releases those new rows whose source is public. Refuses a file with complaints."""
    if judged.complaints:
        raise StepRefused(_("Some rows cannot be read, so nothing was taken in. Mend the file and send it again."))
    for recommendation, _tags in judged.new:
        public_on = recommendation.source_public_on
        recommendation.is_public = bool(show and public_on and public_on <= today())
    Recommendation.objects.bulk_create([each for each, _tags in judged.new], batch_size=BATCH)
    rewritten = sorted({name for _each, _tags, names in judged.changed for name in names} - {"tags"})
    if rewritten:
        # Told to update where the key is known: one statement for a batch, where bulk_update takes one for 30 rows.
        Recommendation.objects.bulk_create(
            [each for each, _tags, _names in judged.changed],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=[*rewritten, "search_text"],
        )
    _link(judged)
    outcome = judged.as_json()
    counts = {key: outcome[key] for key in ("new", "changed", "same", "passed_over")}
    audit.record(by=by, verb="recommendations.imported", label=name, **counts, shown=bool(show))
    return outcome


def _link(judged: Judged) -> None:
    retagged = [(each, tags) for each, tags, names in judged.changed if "tags" in names]
    tagged = judged.new + retagged
    known = _tags_for({key: label for _each, tags in tagged for key, label in tags.items()})
    keys = [each.pk for each, _tags in retagged]
    for start in range(0, len(keys), BATCH):
        Links.objects.filter(recommendation__in=keys[start : start + BATCH]).delete()
    links = (
        Links(recommendation_id=each.pk, recommendationtag_id=known[key]) for each, tags in tagged for key in tags
    )
    Links.objects.bulk_create(links, batch_size=BATCH)


def _tags_for(wanted: Tags) -> dict[tuple[TagKind, str], int]:
    """Keys of all tags; those that are new are made."""
    missing = wanted.keys() - known_tags().keys()
    made = [RecommendationTag(kind=kind, code=code, label=wanted[kind, code]) for kind, code in sorted(missing)]
    for tag in made:
        tag.fill()
    RecommendationTag.objects.bulk_create(made, batch_size=BATCH)
    return known_tags()
