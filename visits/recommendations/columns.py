"""The columns of our own files, the same for reading in and for giving out."""

from typing import Any

from visits.recommendations.enums import TagKind
from visits.recommendations.models import Recommendation

# What a file brings in, in the order in which it is given out.
ENTERED = (
    "reference", "text", "source_kind", "source_symbol", "source_paragraph", "issued_on", "source_public_on", "state",
    "addressee", "addressee_name", "measure", "themes", "affected_persons", "sdgs", "position", "specificity",
    "due_on",
)  # fmt: skip
# What follows from assessments: given out, and passed over when a file is read in.
FOLLOWS = ("status", "assessed_on", "assessor", "support", "evidence", "evidence_url", "url")
COLUMNS = ENTERED + FOLLOWS
SEPARATOR = "; "


def as_row(recommendation: Recommendation, *, root: str, all_evidence: bool) -> dict[str, Any]:
    """One row for a file; `root` begins its address. Evidence that is not public leaves only with staff."""
    tags = {kind: [] for kind in TagKind}
    for tag in recommendation.tags.all():
        tags[tag.kind].append(tag.code if tag.kind == TagKind.SDG else tag.label)
    latest = recommendation.latest
    shown = latest if latest and (all_evidence or latest.evidence_is_public) else None
    same = (
        "reference", "text", "source_kind", "source_symbol", "source_paragraph", "issued_on", "source_public_on",
        "addressee", "addressee_name", "measure", "position", "specificity", "due_on", "status",
    )  # fmt: skip
    row = {name: getattr(recommendation, name) for name in same} | {
        "state": recommendation.country.iso3 if recommendation.country else "",
        "themes": SEPARATOR.join(tags[TagKind.THEME]),
        "affected_persons": SEPARATOR.join(tags[TagKind.PERSONS]),
        "sdgs": SEPARATOR.join(tags[TagKind.SDG]),
        "assessed_on": latest.on if latest else None,
        "assessor": latest.assessor if latest else "",
        "support": latest.grade if latest else "",
        "evidence": shown.evidence if shown else "",
        "evidence_url": shown.url if shown else "",
        "url": root + recommendation.get_absolute_url(),
    }
    return {name: row[name] for name in COLUMNS}
