"""Who may do what: one row a role. `sync_roles` writes it to Django's groups.

Drafting and letters are for people paid by OHCHR (WP 2021-2023 paras 19, 27); that rule is asked again, for the
person and not the role, in `permissions.py`.
"""

from iesogi.accounts.enums import Role

READ = ("view",)
WRITE = ("view", "add", "change")
ALL = ("view", "add", "change", "delete")

LOOKUPS = {
    "reference.country": READ,
    "reference.regiontag": READ,
    "reference.perspective": READ,
    "reference.session": READ,
    "reference.mandate": READ,
    "reference.mandateholder": READ,
    "reference.mandateterm": READ,
    "deadlines.holiday": READ,
    "deadlines.deadlinekind": READ,
}
PROGRAMME = (
    "workprogramme", "section", "paragraph", "footnote", "printedfigure", "producttarget", "activitycount",
    "resource", "materialised", "fundingrule", "fundingshare", "contradiction", "statement",
)  # fmt: skip
REPORTS = ("theme", "thememove", "report", "methodstep", "milestone")
VISITS = ("visit", "visitplan", "visitfigure", "candidate")
LETTERS = ("letter", "signatory")
DISSEMINATION = ("engagement", "engagementcount", "output")


def _table(app: str, models: tuple[str, ...], actions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {f"{app}.{model}": actions for model in models}


def _all(actions: tuple[str, ...], *, letters: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The same actions on every wing and the programme; letters apart."""
    return {
        **LOOKUPS,
        **_table("programme", PROGRAMME, actions),
        **_table("reports", REPORTS, actions),
        **_table("visits", VISITS, actions),
        **_table("dissemination", DISSEMINATION, actions),
        **(_table("communications", LETTERS, letters) if letters else {}),
    }


PERMISSIONS: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.MANDATE_HOLDER: {
        **_all(WRITE, letters=WRITE),
        "deadlines.deadline": WRITE,
        "documents.document": WRITE,
        "outbox.mail": READ,
    },
    Role.DESK_OFFICER: {
        **_all(WRITE, letters=WRITE),
        "deadlines.deadline": WRITE,
        "documents.document": WRITE,
        "outbox.mail": WRITE,
        "reference.perspective": WRITE,
        "deadlines.holiday": WRITE,
    },
    Role.SENIOR_ADVISOR: {
        **LOOKUPS,
        **_table("reports", REPORTS, WRITE),
        **_table("programme", PROGRAMME, READ),
        **_table("dissemination", DISSEMINATION, READ),
        "deadlines.deadline": READ,
    },
    Role.RESEARCH_ASSISTANT: {
        **LOOKUPS,
        **_table("reports", REPORTS, READ),
        **_table("programme", PROGRAMME, READ),
        "deadlines.deadline": READ,
    },
    Role.DISSEMINATION_CONSULTANT: {
        **LOOKUPS,
        **_table("dissemination", DISSEMINATION, WRITE),
        **_table("reports", REPORTS, READ),
        **_table("visits", VISITS, READ),
        **_table("programme", PROGRAMME, READ),
    },
    Role.MANAGER: {**_all(READ), "documents.document": READ},
    Role.ADMINISTRATOR: {
        **_all(ALL),
        **dict.fromkeys(LOOKUPS, ALL),
        "deadlines.deadline": WRITE,
        "documents.document": WRITE,
        "outbox.mail": WRITE,
        "accounts.user": WRITE,
        "auth.group": READ,
        "audit.entry": READ,
    },
}
