import pytest

from dissemination.campaigns import services, views
from dissemination.campaigns.models import Campaign, CampaignText
from iesogi.reference.models import Country
from iesogi.vault import gate, guard


@pytest.fixture(autouse=True)
def fresh_buckets(monkeypatch):
    """Tries of one test are not held against the next."""
    monkeypatch.setattr(views, "tries", guard.Buckets(burst=10, per_minute=6))


@pytest.fixture
def states(reference_data):
    return {country.iso3: country for country in Country.objects.all()}


@pytest.fixture
def campaign(states):
    """For the renewal of 2028; under way, with a statement in English and Spanish."""
    campaign = Campaign.objects.create(
        code="renewal-2028",
        kind="renewal",
        title="Renewal 2028",
        state="open",
        takes_signatures=True,
        decides_year=2028,
    )
    CampaignText.objects.create(
        campaign=campaign, language="en", title="Renew 2028", statement="We ask you to **renew**."
    )
    CampaignText.objects.create(campaign=campaign, language="es", title="Renovar 2028", statement="Pedimos renovar.")
    return campaign


@pytest.fixture
def typed(states):
    """What a person types; the form was given out long enough ago."""

    def make(**fields):
        given = {
            "organisation": "Rainbow Coalition",
            "level": "national",
            "country": states["COL"].pk,
            "region": "",
            "signatory": "Ana Pérez",
            "role": "Director",
            "email": "ana@rainbow.example",
            "visibility": "listed",
            "entitled": "on",
            "website": "",
            "since": gate.now_signed(),
        }
        return given | fields

    return make


@pytest.fixture
def new_signature(campaign, states):
    """Signed and, unless asked otherwise, confirmed."""
    number = iter(range(1, 1000))

    def make(*, confirmed=True, state="COL", **fields):
        each = next(number)
        given = {
            "organisation": f"Organization {each}",
            "level": "national",
            "country": states[state] if state else None,
            "region": "",
            "signatory": "Ana Pérez",
            "role": "Director",
            "email": f"office@group{each}.example",
            "visibility": "listed",
            "language": "en",
        }
        signature = services.sign(campaign, **given | fields)
        return services.confirm(signature.public_id) if confirmed else signature

    return make
