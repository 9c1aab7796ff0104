"""Invented recommendations for a trial, marked as samples on every page. Loaded by `load_demo` and by nothing else."""

from datetime import date, timedelta

from django.db import transaction

from iesogi.reference.models import Country
from visits.recommendations.enums import Assessor, Measure, SourceKind, Status, TagKind
from visits.recommendations.models import Assessment, Recommendation, RecommendationTag
from visits.recommendations.services.findings import follow

# State, measure, text, Goal, and findings: status, whose, days before the day of loading.
SAMPLES = [
    (
        "GEO", Measure.LAW, "Sample: adopt a procedure for the legal recognition of gender that rests on "
        "self-determination.", "10", [(Status.IN_PROGRESS, Assessor.STATE, 200), (Status.PARTIAL, Assessor.NHRI, 30)],
    ),
    (
        "GEO", Measure.JUSTICE, "Sample: train police and prosecutors to record the motive of bias.", "16.3",
        [(Status.IMPLEMENTED, Assessor.UN, 60)],
    ),
    (
        "ARG", Measure.POLICY, "Sample: fund shelters for young persons who were turned out of their homes.", "1",
        [(Status.NOT_STARTED, Assessor.CSO, 90)],
    ),
    ("TUN", Measure.LAW, "Sample: repeal provisions that punish consensual acts between adults.", "16.b", []),
    (
        "MOZ", Measure.POLICY, "Sample: let organizations register without regard to whom they speak for.", "16.7",
        [(Status.REJECTED, Assessor.MANDATE, 15)],
    ),
]  # fmt: skip


@transaction.atomic
def load_samples(*, on: date) -> int:
    """Once: how many were made. Needs the States; without them nothing is made."""
    states = {country.iso3: country for country in Country.objects.filter(iso3__in=[row[0] for row in SAMPLES])}
    if Recommendation.objects.filter(is_sample=True).exists() or not states:
        return 0
    for number, (iso3, measure, text, goal, findings) in enumerate(SAMPLES, start=1):
        recommendation = Recommendation.objects.create(
            reference=f"Sample {number}",
            text=text,
            source_kind=SourceKind.VISIT_REPORT,
            source_symbol="Sample of a trial",
            source_paragraph=str(number),
            source_public_on=on - timedelta(days=365),
            country=states[iso3],
            measure=measure,
            is_public=True,
            is_sample=True,
        )
        label = f"Goal {goal}"
        tag, _made = RecommendationTag.objects.get_or_create(kind=TagKind.SDG, code=goal, defaults={"label": label})
        recommendation.tags.add(tag)
        Assessment.objects.bulk_create(_findings(recommendation, findings, on))
        follow(recommendation)
    return len(SAMPLES)


def _findings(recommendation: Recommendation, findings: list, on: date) -> list[Assessment]:
    return [
        Assessment(
            recommendation=recommendation,
            status=status,
            on=on - timedelta(days=days),
            assessor=assessor,
            evidence="A sample of what could show it.",
            evidence_is_public=True,
        )
        for status, assessor, days in findings
    ]
