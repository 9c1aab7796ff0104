"""Whom a text names, and whether they agreed: the sealed answers of each alleged victim, one by one (R4).

The readable columns hold the strictest answer of a whole case and serve the lists; here single persons are judged.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communications.cases.enums import Consent, Use
from communications.cases.models import Case
from communications.desk import opening
from communications.enums import UNSENT, NamingBasis
from communications.exceptions import StepRefused
from communications.letters import drafts
from communications.letters.persons import two_persons
from communications.models import Letter, NamingOverride
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.reference.text import fold
from iesogi.vault.enums import Kind
from iesogi.vault.exceptions import Damaged, NotAMember
from iesogi.vault.records import Part
from iesogi.vault.sessions import Unlocked

NEEDED = [Use.LETTER, Use.TO_GOVERNMENT]


def unlisted(letter: Letter, version: drafts.Version, *, unlocked: Unlocked) -> drafts.Named:
    """Whose name stands in the text though the writer did not say so. Only a vault that opens names can tell."""
    found = {}
    for case in letter.cases.all():
        if codes := recognised(case, version.text, unlocked) - set(version.named.get(case.ref, [])):
            found[case.ref] = sorted(codes)
    return found


def recognised(case: Case, text: str, unlocked: Unlocked) -> set[str]:
    if case.identity_id is None:
        return set()
    try:
        people = opening.identity_of(case, unlocked=unlocked)
    except (NotAMember, Damaged):
        return set()
    folded = fold(text)
    return {
        item.content["code"]
        for item in people
        if item.kind == Kind.PEOPLE and item.content and (name := fold(item.content["name"])) and name in folded
    }


def without_consent(letter: Letter, found: drafts.Named, *, unlocked: Unlocked) -> list[str]:
    """`IE-21-7F3K: A, B` for each case of which somebody is named who has not agreed to the letter and to the name."""
    lacking = []
    for case in letter.cases.filter(ref__in=found).order_by("ref"):
        standing = opening.look(case, unlocked=unlocked).standing
        refused = [code for code in found.get(case.ref, []) if not _agreed(standing.get(code, {}))]
        if refused or (found[case.ref] and case.consent_withdrawn):
            lacking.append(f"{case.ref}: {', '.join(refused or found[case.ref])}")
    return lacking


def _agreed(answers: dict) -> bool:
    return all(answers.get(use) == Consent.YES for use in NEEDED)


def basis(letter: Letter, *, unlocked: Unlocked) -> tuple[bool, str]:
    """Whether the last version names anybody, and on what it relies. Raises StepRefused where it relies on nothing."""
    version = drafts.latest(letter, unlocked=unlocked)
    if found := unlisted(letter, version, unlocked=unlocked):
        who = "; ".join(f"{ref}: {', '.join(codes)}" for ref, codes in found.items())
        raise StepRefused(
            _("An alleged victim is named in the text, and the draft does not say so (%(who)s). Take it back.")
            % {"who": who}
        )
    if not any(version.named.values()):
        return False, ""
    lacking = without_consent(letter, version.named, unlocked=unlocked)
    if not lacking:
        return True, NamingBasis.CONSENT
    if _is_overridden(letter):
        return True, NamingBasis.OVERRIDE
    raise StepRefused(
        _(
            "The text names somebody who has not agreed to be named to the State (%(who)s). Take the name out, record "
            "the consent, or have two persons decide with a reason."
        )
        % {"who": "; ".join(lacking)}
    )


def _is_overridden(letter: Letter) -> bool:
    rows = NamingOverride.objects.filter(letter=letter, version=letter.draft_version)
    return rows.filter(agreed_by__isnull=False).exists()


# --- Naming without consent: two persons and a sealed reason --------------------------------------


@transaction.atomic
def ask_override(letter: Letter, *, reason: str, unlocked: Unlocked) -> NamingOverride:
    """For the version as it is; a new version has to be asked for anew."""
    letter = _open_to_override(letter, unlocked)
    if not reason.strip():
        raise StepRefused(_("Say why somebody has to be named who has not agreed. The reason is sealed."))
    row, _is_new = NamingOverride.objects.update_or_create(
        letter=letter,
        defaults={
            "version": letter.draft_version,
            "asked_by": unlocked.user,
            "asked_on": today(),
            "agreed_by": None,
            "agreed_on": None,
        },
    )
    what = {"about": "naming", "text": reason.strip(), "by": unlocked.user.username, "version": letter.draft_version}
    drafts.seal(letter, Part(Kind.REASON, what), unlocked=unlocked)
    audit.record(by=unlocked.user, verb="letter.naming_asked", target=letter, label=f"letter {letter.pk}")
    return row


@transaction.atomic
def agree_override(letter: Letter, *, unlocked: Unlocked) -> NamingOverride:
    letter = _open_to_override(letter, unlocked)
    row = NamingOverride.objects.filter(letter=letter, version=letter.draft_version, agreed_by=None).first()
    if row is None:
        raise StepRefused(_("Nobody has asked for this version, or it was agreed to already."))
    two_persons(row.asked_by, unlocked.user)
    row.agreed_by, row.agreed_on = unlocked.user, timezone.localdate()
    row.save(update_fields=["agreed_by", "agreed_on"])
    audit.record(by=unlocked.user, verb="letter.naming_agreed", target=letter, label=f"letter {letter.pk}")
    return row


def _open_to_override(letter: Letter, unlocked: Unlocked) -> Letter:
    letter = drafts.locked(letter, unlocked)
    if letter.state not in UNSENT:
        raise StepRefused(_("This letter is out already."))
    return letter
