"""Country visits, candidates, the pipeline and printed numbers of visits, without writing over staff."""

from pathlib import Path

from django.db.models import Q

from iesogi.reference.enums import FundingSource
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import Loader
from iesogi.reference.lookup import country
from iesogi.reference.models import Country, MandateHolder, RegionTag, Session
from iesogi.reference.sources import Row, read_yaml
from visits.enums import ReportStage, VisitKind, VisitState
from visits.models import Candidate, ChecklistStep, Visit, VisitFigure, VisitPlan

DATA = Path(__file__).parent / "data"


def load_country_visits(loader: Loader, data: Row) -> None:
    """One row a visit, where printed facts (`visits` of a work programme) and those of other public pages meet."""
    part = data.need("country_visits")
    printed = {row.need("country"): row for row in [*part.need("done"), *part.need("pending")]}
    for row in read_yaml(DATA / "country_visits.yaml"):
        said = printed.pop(row.need("country"), Row()) if row.get("printed") else Row()
        visit = _put_visit(loader, row, said)
        for plan in row.get("plans", []):
            _put_plan(loader, visit, plan)
    for row in printed.values():
        raise LoadError(
            f"{row.where}: the visit to {row['country']} is not in country_visits.yaml; add it there. "
            "Nothing was loaded."
        )


def _put_visit(loader: Loader, row: Row, said: Row) -> Visit:
    values = {
        "kind": VisitKind.COUNTRY,
        "country": country(row["country"], where=row.where),
        "state": row.get("state", VisitState.DONE),
        "funding": FundingSource.UN_REGULAR_BUDGET,
        "printed_period": said.get("period", ""),
        "follow_up": said.get("follow_up", "").replace(" ", "_"),
        "report_symbol": said.get("report") or row.get("report", ""),
        "presented_at": _session(row),
        "holder": _holder(row, "holder"),
        "presented_by": _holder(row, "presented_by"),
        "ref": said.get("ref", ""),
    }
    values["report_stage"] = _stage(row)
    days = ("starts_on", "ends_on", "report_issued_on")
    words = ("place", "dates_evidence", "report_evidence", "reason", "note")
    values |= {name: row.get(name) for name in days} | {name: row.get(name, "") for name in words}
    return loader.put(Visit, key={"code": row.need("code")}, values=values, where=row.where).row


def _stage(row: Row) -> str:
    """As far as public pages tell; the steps between are not known of visits before the portal."""
    if row.get("state", VisitState.DONE) != VisitState.DONE:
        return ReportStage.NONE
    if "presented_at" in row:
        return ReportStage.PRESENTED
    return ReportStage.ISSUED if "report_issued_on" in row else ReportStage.NONE


def _put_plan(loader: Loader, visit: Visit, row: Row) -> None:
    loader.put(
        VisitPlan,
        key={"visit": visit, "planned_for": str(row.need("planned_for"))},
        values={
            "planned_from": row.get("planned_from"),
            "reason": row.get("reason", ""),
            "ref": row.get("ref", ""),
        },
        where=row.where,
    )


def _session(row: Row) -> Session | None:
    if "presented_at" not in row:
        return None
    forum, number = row["presented_at"].split()
    session = Session.objects.filter(forum=forum, number=number).first()
    return session or _missing(row, f"session {row['presented_at']}")


def _holder(row: Row, name: str) -> MandateHolder | None:
    if name not in row:
        return None
    return MandateHolder.objects.filter(code=row[name]).first() or _missing(row, f"mandate holder “{row[name]}”")


def _missing(row: Row, what: str):
    raise LoadError(
        f"{row.where}: {what} is not in the reference data. "
        "Run `python manage.py load_reference` first; nothing was loaded."
    )


def load_candidates(loader: Loader, data: Row) -> None:
    """States that may be visited in the period, and how many of them are to be; after `load_country_visits`."""
    part = data.need("country_visits")
    target = part.need("target")
    _put_figure(loader, target, "country_visit_target", "Country visits aimed at", out_of=target["of"])
    listed = read_yaml(DATA / "requests.yaml")
    for row in part.need("candidates"):
        state = country(row.need("country"), where=row.where)
        visit = _visit_for(state, target)
        values = {
            "period_end": target["period_end"],
            "identified_for": 2021 if row["identified_2021"] else None,
            "request_listed_in": listed["document"] if state.iso3 in listed["states"] else "",
            "ref": row["ref"],
        }
        if visit:  # else the link is staff's own
            values["visit"] = visit
        loader.put(
            Candidate,
            key={"country": state, "period_start": target["period_start"]},
            values=values,
            where=row.where,
        )


def _visit_for(state: Country, target: Row) -> Visit | None:
    """The visit from the data file that came of the candidacy: begun in the period or after it, or put off."""
    later = Q(starts_on__gte=target["period_start"]) | Q(starts_on=None)
    return Visit.objects.country_visits().exclude(code="").filter(later, country=state).order_by("starts_on").first()


def load_checklist(loader: Loader) -> None:
    """The lines that every visit of a kind gets; days that are printed nowhere are staff's to change."""
    for order, row in enumerate(read_yaml(DATA / "checklist.yaml"), 1):
        values = {name: row.need(name) for name in ("label", "phase", "anchor", "days")}
        values |= {"order": order, "ref": row.get("ref", "")}
        values |= {"for_country": row.get("for_country", True), "for_others": row.get("for_others", False)}
        loader.put(ChecklistStep, key={"code": row.need("code")}, values=values, where=row.where)


def load_pipeline(loader: Loader, data: Row) -> None:
    """Promotional visits that may come, some to a region and not yet to a State, and the printed numbers of them."""
    part = data.need("promotional_visits")
    _put_figure(loader, part.need("done"), "promotional_visits_done", "Advisory and promotional visits carried out")
    _put_figure(
        loader, part.need("foreseen"), "promotional_visits_foreseen", "Advisory and promotional visits foreseen"
    )
    _put_figure(loader, part.need("target"), "promotional_visits_target", "Promotional visits aimed at")
    for row in part.need("pipeline"):
        state, tag = row["country"], row.get("region_tag")
        loader.put(
            Visit,
            key={"code": f"pipeline-{(state or tag).lower()}"},
            values={
                "kind": VisitKind.PROMOTIONAL,
                "country": country(state, where=row.where) if state else None,
                "region_tag": _region(row, tag) if tag else None,
                "state": VisitState.PIPELINE,
                "certainty": row["certainty"],
                "ref": row["ref"],
            },
            where=row.where,
        )


def load_funding_split(loader: Loader, data: Row) -> None:
    """How many promotional visits each source is to pay for: six, six and six (para 26)."""
    for row in data.need("promotional_split"):
        source = FundingSource(row.need("source"))
        _put_figure(
            loader,
            row,
            f"promotional_share_{source}",
            f"Promotional visits to be paid from: {source.label}",
            period="2021-2023",
        )


def _region(row: Row, code: str) -> RegionTag:
    return RegionTag.objects.filter(code=code).first() or _missing(row, f"region “{code}”")


def _put_figure(loader: Loader, row: Row, code: str, label: str, **more) -> None:
    period = more.pop("period", "") or row.get("period")
    period = period or f"{row['period_start'].year}-{row['period_end'].year}"
    loader.put(
        VisitFigure,
        key={"code": code},
        values={
            "label": label,
            "quantity": row.need("quantity"),
            "qualifier": row["qualifier"],
            "period": period,
            "note": row.get("variance_reason", ""),
            "ref": row["ref"],
            **more,
        },
        where=row.where,
    )
