"""A report that came by mail or post, entered by staff: sealed like any other, without a number."""

from datetime import datetime
from string import ascii_uppercase

from django.utils import timezone
from django.utils.translation import gettext as _

from communications.cases import consent, services
from communications.cases.contents import VERSION
from communications.cases.enums import Came, Consent, Criterion, Matter, Timing, Use
from communications.cases.models import Case
from communications.desk.permissions import may_open_cases
from communications.exceptions import StepRefused
from iesogi.audit import services as audit
from iesogi.vault.enums import Kind
from iesogi.vault.intake import submit_sealed
from iesogi.vault.records import Part


def enter(given: dict, *, by) -> Case:
    """`given` as `EnterForm` cleans it. Nobody was asked yet, so nothing is agreed to."""
    decision = may_open_cases(by)
    if not decision:
        raise StepRefused(decision.reason)
    case = seal(given, at=timezone.now(), came=Came.STAFF)
    audit.record(by=by, verb="case.entered", target=case)
    return case


def seal(given: dict, *, at: datetime, came: Came, number: str | None = None) -> Case:
    names = [name.strip() for name in given.get("victims", "").splitlines() if name.strip()]
    if len(names) > len(ascii_uppercase):
        raise StepRefused(_("Name 26 people at most, and describe the others as a group in the account."))
    made = []
    submit_sealed(
        number=number,
        content=[Part(Kind.REPORT, report_of(given, len(names)))],
        identity=[*people_of(names), *contact_of(given)],
        at=at,
        then=lambda sealed: made.append(services.receive(sealed, clear_of(given, names), at=at, came=came)),
    )
    return made[0]


def clear_of(given: dict, names: list[str]) -> services.Clear:
    known = {
        Criterion.C1: names,
        Criterion.C2: given.get("perpetrators"),
        Criterion.C3: given.get("sender") and given.get("contact"),
        Criterion.C4: given.get("account"),
        Criterion.C5: given.get("done_at_home"),
    }
    country = given.get("country")
    return services.Clear(
        matter=Matter(given["matter"]),
        iso3=country.iso3 if country else "",
        urgent=given["timing"] == Timing.IMMINENT,
        consent=consent.columns(consent.of_report(report_of(given, len(names)))),
        may_be_contacted=bool(given.get("contact")),
        unmet={criterion.value for criterion, found in known.items() if not found},
    )


def report_of(given: dict, people: int) -> dict:
    unasked = {use.value: Consent.NOT_ASKED.value for use in Use}
    country = given.get("country")
    return {
        "version": VERSION,
        "language": given.get("language", "en"),
        "matter": given["matter"],
        "country": country.iso3 if country else "",
        "actor": "",
        "mandates": [],
        "facts": {"account": given["account"], "timing": given["timing"], "place": given.get("place", "")},
        "victims": [{"code": code, "consent": given.get("consent", unasked)} for code in ascii_uppercase[:people]],
        "perpetrators": [{"kind": "unknown", "description": given["perpetrators"]}]
        if given.get("perpetrators")
        else [],
        "done_at_home": given.get("done_at_home", ""),
        "why_nothing_done": "",
        "other_procedures": "",
        "fears": given.get("fears", ""),
        "confidential_passages": "",
        "wrote_before": False,
        "gaps": [],
    }


def people_of(names: list[str]) -> list[Part]:
    return [
        Part(Kind.PEOPLE, {"code": code, "name": name}) for code, name in zip(ascii_uppercase, names, strict=False)
    ]


def contact_of(given: dict) -> list[Part]:
    if not (given.get("sender") or given.get("contact")):
        return []
    return [Part(Kind.CONTACT, {"name": given.get("sender", ""), "safe_contact": given.get("contact", "")})]
