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
REPORTS = (
    "theme", "thememove", "report", "methodstep", "milestone", "approval", "finding", "findingtext",
    "consultation", "attendance",
)  # fmt: skip
REPORTS += ("call", "calltext", "question", "categorydeadline", "latelink", "callfigure", "contribution", "quote")
REPORTS += ("tag",)
VISITS = (
    "visit", "visitplan", "visitfigure", "candidate", "standinginvitation", "contact", "visitstep", "termanswer",
    "checkliststep", "checklistitem", "visitday", "meeting", "teammember", "goodpractice", "coverage",
)  # fmt: skip
RECOMMENDATIONS = ("recommendation", "recommendationtag", "recommendationaction", "assessment")
# What the public and files bring in, before anybody has judged it.
INCOMING = ("publicupdate", "recommendationimport")
SAFETY = ("riskassessment", "reprisal", "reprisalstep")
LETTERS = ("letter", "signatory", "reply", "publication", "missionreminder", "lettertemplate", "norm")
# One person approves a letter and another sends it; the mandate holder decides and approves (domain.md 1.8).
SENDING = {"communications.letter": (*WRITE, "send")}
APPROVING = {"communications.letter": (*WRITE, "send", "approve")}
DISSEMINATION = (
    "engagement", "engagementcount", "output",
    "strategy", "strategytemplate", "templateactivity", "templateindicator", "activity", "indicator",
    "pressitem", "presstext", "post", "postversion", "postnumbers",
    "channel", "channelday", "audienceshare", "channelfigure", "picture", "booklet",
)  # fmt: skip
# Sealed cases are listed by their readable columns; what is sealed opens by a vault alone, whatever a role says.
CASES = {"communications.case": ("view", "open")}
DECIDING = {"communications.case": ("view", "open", "decide")}
CAMPAIGNS = ("campaign", "campaigntext", "campaignfigure", "signature")
NEWSLETTER = ("newsletterlist", "issue")
# Rows of people's own addresses: looked at by who sends the newsletter, and changed by the people themselves.
READERS = ("subscriber", "subscription", "consentevent", "delivery")


def _table(app: str, models: tuple[str, ...], actions: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {f"{app}.{model}": actions for model in models}


def _all(actions: tuple[str, ...], *, letters: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The same actions on every wing and the programme; letters apart."""
    return {
        **LOOKUPS,
        **_table("programme", PROGRAMME, actions),
        **_table("reports", REPORTS, actions),
        **_table("visits", VISITS + RECOMMENDATIONS, actions),
        **_table("dissemination", DISSEMINATION + CAMPAIGNS + NEWSLETTER, actions),
        **(_table("communications", LETTERS, letters) if letters else {}),
    }


PERMISSIONS: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.MANDATE_HOLDER: {
        **_all(WRITE, letters=WRITE),
        **_table("visits", INCOMING, WRITE),
        **_table("safety", SAFETY, WRITE),
        **DECIDING,
        **APPROVING,
        "deadlines.deadline": WRITE,
        "documents.document": WRITE,
        "outbox.mail": READ,
    },
    Role.DESK_OFFICER: {
        **_all(WRITE, letters=WRITE),
        **_table("visits", INCOMING, WRITE),
        **_table("safety", SAFETY, WRITE),
        **CASES,
        **SENDING,
        **_table("dissemination", READERS, READ),
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
        **_table("dissemination", DISSEMINATION + CAMPAIGNS + NEWSLETTER, WRITE),
        **_table("dissemination", READERS, READ),
        **_table("reports", REPORTS, READ),
        **_table("visits", VISITS + RECOMMENDATIONS, READ),
        **_table("programme", PROGRAMME, READ),
    },
    Role.MANAGER: {**_all(READ), "documents.document": READ},
    Role.ADMINISTRATOR: {
        **_all(ALL),
        **_table("visits", INCOMING, WRITE),
        **_table("safety", SAFETY, READ),
        **_table("dissemination", READERS, READ),
        **dict.fromkeys(LOOKUPS, ALL),
        "deadlines.deadline": WRITE,
        "documents.document": WRITE,
        "outbox.mail": WRITE,
        "accounts.user": WRITE,
        "auth.group": READ,
        "audit.entry": READ,
    },
}
