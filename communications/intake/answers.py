"""From what was typed to what is sealed: the story without names, people and sender apart, and the clear columns."""

from typing import Any

from django.utils.translation import get_language

from communications.cases import consent as consents
from communications.cases.contents import VERSION, Answers, Contact, Group, Person, Report, Victim
from communications.cases.enums import Consent, Matter, Use
from communications.cases.services import Clear
from communications.intake import coach
from communications.intake.draft import Draft, Row
from communications.intake.forms import ContactForm, PersonForm
from iesogi.vault.enums import Kind
from iesogi.vault.records import Part


def identity(draft: Draft) -> list[Part]:
    """A record for each person, so that a custodian discloses one and not all."""
    parts = [Part(Kind.PEOPLE, person(code, row)) for code, row in draft.people() if names_somebody(row)]
    sender = contact(draft)
    if any(value for name, value in sender.items() if name != "may_contact"):
        parts.append(Part(Kind.CONTACT, sender))
    return parts


def report(draft: Draft, *, wrote_before: bool) -> Report:
    found: Report = {
        "version": VERSION,
        "language": get_language() or "",
        "matter": draft.matter.value,
        "country": draft.said("state", "country"),
        "actor": draft.said("state", "actor"),
        "mandates": list(draft.answers.get("state", {}).get("mandates") or []),
        "facts": {
            name: draft.said("facts", name)
            for name in ("account", "timing", "begun", "ended", "place", "why_urgent", "motive", "how_known")
        },
        "victims": [victim(code, row) for code, row in draft.people()],
        "how_asked": draft.said("consent", "how_asked"),
        "perpetrators": [
            {"kind": _text(row, "kind"), "description": _text(row, "who")} for row in draft.perpetrators()
        ],
        **{name: draft.said("done", name) for name in ("done_at_home", "why_nothing_done", "other_procedures")},
        **{name: draft.said("risk", name) for name in ("fears", "confidential_passages")},
        "wrote_before": wrote_before,
        "gaps": [gap.value for gap in coach.unmet(draft)],
    }
    if draft.matter in {Matter.LAW, Matter.PATTERN}:
        found["law"] = {name: draft.said("law", name) for name in ("title", "status", "provisions")}
    if draft.tells_of_group:
        found["group"] = group(draft)
    return found


def victim(code: str, row: Row) -> Victim:
    return {
        "code": code,
        **{name: _text(row, name) for name in ("age_band", "gender", "orientation", "detained", "defender")},
        "factors": list(row.get("factors") or []),
        "consent": consent(row),
    }


def group(draft: Draft) -> Group:
    return {
        "number": draft.said("victims", "number"),
        "description": draft.said("victims", "description"),
        "factors": list(draft.answers["victims"].get("group_factors") or []),
        "consent": consent(draft.answers.get("consent", {})),
    }


def consent(row: Row) -> Answers:
    """No answer is not asked, which counts as no."""
    return {use.value: _text(row, use.value) or Consent.NOT_ASKED.value for use in Use}


def person(code: str, row: Row) -> Person:
    return {"code": code, **{name: _text(row, name) for name in PersonForm.base_fields}}


def names_somebody(row: Row) -> bool:
    return any(_text(row, name) for name in PersonForm.base_fields)


def contact(draft: Draft) -> Contact:
    said = {name: draft.said("identity", name) for name in ContactForm.base_fields if name != "may_contact"}
    said["name"], said["address"] = said.pop("your_name"), said.pop("your_address")
    return {**said, "may_contact": bool(draft.answers.get("identity", {}).get("may_contact"))}


def clear(draft: Draft, sealed: Report) -> Clear:
    """What stays readable: the State unless it was asked to keep it out, and of consent the strictest."""
    keep_out = bool(draft.answers.get("state", {}).get("keep_out"))
    return Clear(
        matter=draft.matter,
        iso3="" if keep_out else sealed["country"],
        urgent=draft.is_urgent,
        consent=consents.columns(consents.of_report(sealed)),
        may_be_contacted=contact(draft)["may_contact"],
        unmet=set(sealed["gaps"]),
    )


def _text(row: Row, name: str) -> Any:
    return str(row.get(name) or "").strip()
