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


class IfUncleanable(models.TextChoices):
    """What the sender wants for a file of which no cleaned copy can be made; asked before anything is sent."""

    KEEP_ORIGINAL = "keep", _("Keep it for the few people who may know my name, as it is")
    LEAVE_OUT = "leave-out", _("Leave it out")


class FileOutcome(models.TextChoices):
    """`cleaned` keeps the untouched original as well, in the identity compartment."""

    CLEANED = "cleaned", _("Cleaned copy and original")
    ORIGINAL_ONLY = "original_only", _("Original only")
    LEFT_OUT = "left_out", _("Left out, as the sender asked")


class Scan(models.TextChoices):
    CLEAN = "clean", _("No malware found")
    INFECTED = "infected", _("Malware found")
    UNSCANNED = "unscanned", _("Not scanned")


class Reason(models.TextChoices):
    """Why there is no cleaned copy; read by staff and, without what a scanner found, by the sender."""

    UNKNOWN = "unknown", _("This kind of file cannot be cleaned.")
    MEDIA = "media", _("Sound and video cannot be cleaned.")
    HEIC = "heic", _("Pictures in the HEIC format cannot be cleaned; as JPEG they can.")
    OLD_OFFICE = "old-office", _("Old Office documents, and those with a password, cannot be cleaned.")
    ARCHIVE = "archive", _("Archives cannot be cleaned; the files in it can, one by one.")
    ENCRYPTED = "encrypted", _("The file has a password, so it cannot be cleaned.")
    DAMAGED = "damaged", _("The file is damaged or not what it seems, so it cannot be cleaned.")
    TOO_LARGE = "too-large", _("The file unpacks to more than can be cleaned.")
    TIME = "time", _("Cleaning took too long and was stopped.")
    INFECTED = "infected", _("A scanner found malware in it, so no cleaned copy was made.")


class FileNote(models.TextChoices):
    """What cleaning met inside of a file; each comes with a count."""

    CHANGES = "changes", _("Tracked changes are in it; they may still name people.")
    COMMENTS = "comments", _("Comments are in it or were left out of the copy; they may name people.")
    MACROS = "macros", _("Macros were left out.")
    EMBEDDED = "embedded", _("Embedded files were left out.")
    ATTACHMENTS = "attachments", _("Attached files were left out.")
    FRAMES = "frames", _("Only the first picture of a moving one was kept.")
    SMALLER = "smaller", _("A very large picture was made smaller.")
    PICTURES_LEFT_OUT = "pictures-left-out", _("Pictures inside that cannot be cleaned were left out.")
