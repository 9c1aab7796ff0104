"""Note 2: staff, travel and contributions, what of them arrived, and which money may pay for what."""

from iesogi.programme.enums import ResourceKind
from iesogi.programme.models import FundingRule, FundingShare, Materialised, Resource, WorkProgramme
from iesogi.programme.resources import YEAR_STATED
from iesogi.reference.loading import Loader
from iesogi.reference.lookup import country
from iesogi.reference.models import RegionTag
from iesogi.reference.sources import Row


def load_resources(loader: Loader, programme: WorkProgramme, data: Row) -> None:
    lines = [*data["staff"]["lines"], *data["travel"]["lines"], *data["contributions"]]
    for order, row in enumerate(lines, 1):
        kind = _kind(row)
        resource = loader.put(
            Resource,
            key={"programme": programme, "code": row["code"]},
            values={"kind": kind, "order": order, "ref": row["ref"], **_amounts(row, kind)},
            where=row.where,
        ).row
        if kind != ResourceKind.CONTRIBUTION:
            _load_materialised(loader, resource, row, data["travel"]["shortfall_2020"])


def _kind(row: Row) -> str:
    if "trips" in row:
        return ResourceKind.TRAVEL
    if "grade" in row:
        return ResourceKind.CONSULTANCY if row["kind"] == "consultancy" else ResourceKind.STAFF
    return ResourceKind.CONTRIBUTION


def _amounts(row: Row, kind: str) -> dict:
    if kind == ResourceKind.TRAVEL:
        return {
            "label": row["label"],
            "place": row["place"] or "",
            "trips": row["trips"],
            "days_each": row["days_each"],
            "accompanying_staff": row["staff"],
        }
    if kind == ResourceKind.CONTRIBUTION:
        return {
            "label": row["kind"].capitalize(),
            "donor": country(row["donor"], where=row.where),
            "amount": row["amount"],
            "currency": row["currency"] or "",
            "basis": row.get("basis", ""),
            "contribution_years": row["years"],
        }
    return {"label": row["grade"], "months": row["months_assigned"], "basis": "a year, inferred"}


def _load_materialised(loader: Loader, resource: Resource, row: Row, shortfall: str) -> None:
    travel = resource.kind == ResourceKind.TRAVEL
    loader.put(
        Materialised,
        key={"resource": resource, "year": YEAR_STATED},
        values={
            "quantity": row["trips_2020"] if travel else row["months_2020"],
            "note": shortfall if travel else row["note_2020"],
        },
        where=row.where,
    )


def load_funding(loader: Loader, programme: WorkProgramme, data: Row) -> None:
    for row in data["rules"]:
        loader.put(
            FundingRule,
            key={"programme": programme, "activity": row["activity"]},
            values={
                "allowed": row.get("allowed", []),
                "staff_only": row.get("staff_only", []),
                "cap_per_year": row.get("cap_per_year"),
                "reason": row.get("reason") or "",
                "ref": row["ref"],
            },
            where=row.where,
        )
    for row in data["promotional_split"]:
        loader.put(
            FundingShare,
            key={"programme": programme, "source": row["source"]},
            values={
                "quantity": row["quantity"],
                "qualifier": row["qualifier"],
                "region_tag": RegionTag.objects.filter(code=row.get("region_tag")).first(),
                "aim": row.get("aim", ""),
                "ref": row["ref"],
            },
            where=row.where,
        )
