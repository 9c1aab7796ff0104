"""Channels and who may join them, kinds of sealed records, states of vaults and epochs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iesogi.accounts.enums import Role


class Slug(models.TextChoices):
    """What a channel opens. Its key lies in the vault of each member."""

    CASES = "cases", _("Cases: what happened")
    IDENTITY = "identity", _("Identity: who it is, and original files")
    INPUTS = "inputs", _("Confidential contributions")


# Work on communications is paid from resources administered by OHCHR (WP 2021-2023 para 27; R13).
OHCHR_ONLY = {Slug.CASES, Slug.IDENTITY}
MAY_JOIN = {
    Slug.CASES: {Role.DESK_OFFICER, Role.MANDATE_HOLDER},
    Slug.IDENTITY: {Role.DESK_OFFICER, Role.MANDATE_HOLDER},
    Slug.INPUTS: {Role.DESK_OFFICER, Role.MANDATE_HOLDER, Role.SENIOR_ADVISOR, Role.RESEARCH_ASSISTANT},
}
# Whose vault a new channel is sealed to without anybody being asked: few, so that story and name stay in two hands.
FOUNDERS = {
    Slug.CASES: {Role.DESK_OFFICER},
    Slug.IDENTITY: {Role.MANDATE_HOLDER},
    Slug.INPUTS: {Role.DESK_OFFICER},
}
# One member who leaves or forgets must not cost a case.
ENOUGH_MEMBERS = {Slug.CASES: 2, Slug.IDENTITY: 2}


class VaultState(models.TextChoices):
    ACTIVE = "active", _("In use")
    LOST = "lost", _("Passphrase lost")
    CLOSED = "closed", _("Closed")


class EpochState(models.TextChoices):
    CURRENT = "current", _("Current: new cases are sealed to it")
    LEAVING = "leaving", _("Being replaced: its cases are sealed anew")
    RETIRED = "retired", _("Retired: opens nothing any more")


class Kind(models.TextChoices):
    """What a sealed record is. History is a new record, never an overwritten one."""

    REPORT = "report", _("Report")
    PEOPLE = "people", _("People concerned")
    CONTACT = "contact", _("Contact")
    CONSENT = "consent", _("Consent")
    MESSAGE_IN = "message-in", _("Message from the source")
    MESSAGE_OUT = "message-out", _("Answer to the source")
    NOTE = "note", _("Note")
    TITLE = "title", _("Working title")
    REDACTION = "redaction", _("Redacted version")
    LETTER_DRAFT = "letter-draft", _("Draft of a letter")
    REASON = "reason", _("Reason")
    FILE_ABOUT = "file-about", _("About a file")
    FILE_CLEANED = "file-cleaned", _("Cleaned file")
    FILE_ORIGINAL = "file-original", _("Original file")
