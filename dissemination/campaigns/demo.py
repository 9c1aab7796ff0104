"""A campaign for the next renewal and an issue of the newsletter for a trial. Every organisation in it is invented."""

from django.db import transaction
from django.utils import timezone

from dissemination.campaigns import services
from dissemination.campaigns.enums import CampaignKind, CampaignState, Level, Visibility
from dissemination.campaigns.models import Campaign, CampaignText
from dissemination.newsletter.models import Issue, NewsletterList
from iesogi.reference.models import Country

YEAR = 2028
STATEMENT = """The mandate is the one place in the United Nations that listens to people of diverse sexual orientations
and gender identities, wherever they live.

We, the undersigned organizations, ask the members of the Human Rights Council:

- to **renew** the mandate for three more years;
- to cooperate with it, and to answer its letters;
- to put its recommendations into practice.
"""
IN_SPANISH = """Las organizaciones firmantes pedimos a los miembros del Consejo de Derechos Humanos:

- que **renueven** el mandato por tres años más;
- que cooperen con él y respondan a sus cartas.
"""
# Name, level, State, region, listed.
SIGNERS = [
    ("Sample: Rainbow Coalition of Cali", Level.NATIONAL, "COL", "", True),
    ("Sample: Cali Coalition Rainbow", Level.NATIONAL, "COL", "", True),
    ("Sample: Lake Region Equality Forum", Level.NATIONAL, "KEN", "", True),
    ("Sample: Mountain Friends", Level.NATIONAL, "NPL", "", False),
    ("Sample: Open Doors", Level.NATIONAL, "POL", "", True),
    ("Sample: Northern Alliance", Level.NATIONAL, "NOR", "", True),
    ("Sample: Prairie Network", Level.NATIONAL, "USA", "", True),
    ("Sample: Andean Platform", Level.REGIONAL, None, "GRULAC", True),
    ("Sample: Sahel Platform", Level.REGIONAL, None, "AFRICA", True),
    ("Sample: World Assembly for Equality", Level.INTERNATIONAL, "CHE", "", True),
]
ISSUE = """## A new report is open for inputs

The mandate prepares its next report and asks for **written inputs**. Anyone may answer, in English, French or Spanish.

- Read the questions on the page of the call.
- Send what you know until the day it names.

## Consultations

Two consultations are planned; organizations from all regions can take part.
"""


@transaction.atomic
def load_campaign_samples() -> dict[str, int]:
    """Once: what is there already is left alone. How many were made, by name."""
    campaign, made = Campaign.objects.get_or_create(
        code=f"renewal-{YEAR}",
        defaults={
            "kind": CampaignKind.RENEWAL,
            "title": f"Renewal of the mandate {YEAR}",
            "state": CampaignState.OPEN,
            "takes_signatures": True,
            "hashtag": "RenewIESOGI",
            "decides_year": YEAR,
            "opened_at": timezone.now(),
            "note": "Sample of a trial",
        },
    )
    if not made:
        return {"signatures": 0, "newsletter issues": 0}
    texts = {"en": (f"Renew the mandate in {YEAR}", STATEMENT), "es": (f"Renovar el mandato en {YEAR}", IN_SPANISH)}
    for language, (title, statement) in texts.items():
        CampaignText.objects.create(campaign=campaign, language=language, title=title, statement=statement)
    for number, (name, level, iso3, region, listed) in enumerate(SIGNERS):
        _sign(campaign, number, name, level, iso3, region, listed)
    return {"signatures": len(SIGNERS), "newsletter issues": _issue()}


def _sign(campaign: Campaign, number: int, name: str, level: str, iso3: str | None, region: str, listed: bool) -> None:
    signature = services.sign(
        campaign,
        organisation=name,
        level=level,
        country=Country.objects.filter(iso3=iso3).first(),
        region=region,
        signatory="Sample",
        role="Sample",
        email=f"sample{number}@example.org",
        visibility=Visibility.LISTED if listed else Visibility.COUNTED,
        language="en",
    )
    services.confirm(signature.public_id)


def _issue() -> int:
    of = NewsletterList.objects.first()
    if of is None:
        return 0
    Issue.objects.create(list=of, slug="sample", subject="Sample: a new report is open for inputs", body=ISSUE)
    return 1
