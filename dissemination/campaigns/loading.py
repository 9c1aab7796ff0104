"""The global calls and the campaign of 2019 as the work programme prints them (paras 18, 33, 38)."""

from dissemination.campaigns.enums import CampaignKind, CampaignState, PrintedMeasure
from dissemination.campaigns.models import Campaign, CampaignFigure
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import Loader
from iesogi.reference.sources import Row

# A call that was made goes on until its goal is reached; one that is planned is announced.
STATES = {"made": CampaignState.OPEN, "planned": CampaignState.ANNOUNCED}


def load_campaigns(loader: Loader, calls: list[Row], renewal: Row) -> None:
    """The list `global_calls` and the mapping `renewal_campaign` of a work programme."""
    for row in calls:
        _put_call(loader, row)
    _put_renewal(loader, renewal)


def _put_call(loader: Loader, row: Row) -> None:
    status = row.need("status")
    if status not in STATES:
        raise LoadError(f"{row.where}: “{status}” is no status of a call. Use made or planned; nothing was loaded.")
    values = {
        "kind": CampaignKind.GLOBAL_CALL,
        "title": row.need("label"),
        "state": STATES[status],
        "target_year": row.get("target_year"),
        "concern": row.get("concern") or "",
        "concern_evidence": row.get("concern_evidence") or "",
        "ref": row.need("ref"),
    }
    loader.put(Campaign, key={"code": row.need("code")}, values=values, where=row.where)


def _put_renewal(loader: Loader, row: Row) -> None:
    campaign = loader.put(
        Campaign,
        key={"code": row.need("code")},
        values={
            "kind": CampaignKind.RENEWAL,
            "title": f"Renewal of the mandate {row.need('year')}",
            "state": CampaignState.CLOSED,
            "hashtag": row.need("hashtag"),
            "decides_year": row["year"],
            "printed_date": row.need("printed_month"),
            "ref": row.need("organisations").need("ref"),
        },
        where=row.where,
    ).row
    _put_figure(loader, campaign, row["organisations"], measure=PrintedMeasure.ORGANISATIONS)
    _put_figure(loader, campaign, row.need("states"), measure=PrintedMeasure.STATES)
    for part in row.need("by_level"):
        _put_figure(loader, campaign, part, measure=PrintedMeasure.ORGANISATIONS, level=part.need("level"))
    for part in row.need("national_by_region"):
        where = {"level": "national", "region": part.need("group"), "printed": part.need("printed")}
        _put_figure(loader, campaign, part, measure=PrintedMeasure.ORGANISATIONS, **where)


def _put_figure(loader: Loader, campaign: Campaign, row: Row, *, printed: str = "", **key) -> None:
    loader.put(
        CampaignFigure,
        key={"campaign": campaign, "level": "", "region": ""} | key,
        values={
            "quantity": row.need("quantity"),
            "qualifier": row.need("qualifier"),
            "printed": printed,
            "ref": row.need("ref"),
        },
        where=row.where,
    )
