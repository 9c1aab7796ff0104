"""Keys and what they seal. Nothing here knows of cases; `communications` and `reports` point at compartments.

Rows that a reporter's request writes (`Compartment`, `CompartmentGrant`, `SealedRecord`, `Receipt`) carry no clock and
no running number, so the tables do not say in which order, or when, people wrote.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from iesogi.vault.enums import EpochState, Kind, Slug, VaultState
from iesogi.vault.fields import SealedField, exactly
from iesogi.vault.querysets import ChannelEpochQuerySet, KeyBoxQuerySet, RecordGrantQuerySet, VaultQuerySet
from iesogi.vault.sealing import KEY, SALT

# Kept apart for their length; Django looks for models here.
from iesogi.vault.unfinished_models import Unfinished, UnfinishedPart  # noqa: F401


class Vault(models.Model):
    """A member of staff's own key pair; the private half opens by a passphrase that nobody can reset."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.PROTECT, related_name="vaults"
    )
    public = SealedField(_("public half"), unique=True)
    salt = SealedField(_("salt"))
    passes = models.PositiveSmallIntegerField(_("passes of Argon2id"))
    memory = models.PositiveBigIntegerField(_("memory of Argon2id, bytes"))
    private = SealedField(_("private half, sealed"))
    state = models.CharField(_("state"), max_length=10, choices=VaultState, default=VaultState.ACTIVE)
    failures = models.PositiveSmallIntegerField(_("tries since it last opened"), default=0)
    not_before = models.DateTimeField(_("no try before"), null=True, blank=True)

    objects = VaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("vault")
        verbose_name_plural = _("vaults")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state=VaultState.ACTIVE),
                name="vault_one_in_use_per_user",
                violation_error_message=_("This person has a vault in use; close it, or mark it as lost, first."),
            ),
            exactly("public", KEY, "vault_public_half_is_a_key", _("The public half of a vault has 32 bytes.")),
            exactly("salt", SALT, "vault_salt_is_whole", _("The salt of a vault has 16 bytes.")),
            models.CheckConstraint(
                name="vault_state_is_known",
                condition=Q(state__in=VaultState.values),
                violation_error_message=_("A vault is in use, lost or closed."),
            ),
        ]

    def __str__(self):
        return str(self.user)

    @property
    def cost(self):
        return self.passes, self.memory


class Channel(models.Model):
    """A circle of people who may open one kind of compartment."""

    slug = models.CharField(_("name"), max_length=10, choices=Slug, unique=True)
    ohchr_only = models.BooleanField(_("only for people paid by OHCHR"), default=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="channel_is_known",
                condition=Q(slug__in=Slug.values),
                violation_error_message=_("There are three channels: cases, identity and inputs."),
            ),
            models.CheckConstraint(
                name="channel_of_communications_is_for_ohchr",
                condition=Q(slug=Slug.INPUTS) | Q(ohchr_only=True),
                violation_error_message=_("Communications are open only to staff paid by OHCHR."),
            ),
        ]

    def __str__(self):
        return self.get_slug_display()


class ChannelEpoch(models.Model):
    """One key pair of a channel. A rotation begins a new one, and ends the old one when nothing is sealed to it."""

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="epochs")
    number = models.PositiveIntegerField(_("number"))
    public = SealedField(_("public half"), unique=True)
    pin = SealedField(_("pin under the intake secret"))
    state = models.CharField(_("state"), max_length=10, choices=EpochState, default=EpochState.CURRENT)
    rotation_due = models.BooleanField(
        _("to be rotated"), default=False, help_text=_("Somebody left, or the recovery key was used.")
    )

    objects = ChannelEpochQuerySet.as_manager()

    class Meta:
        verbose_name = _("epoch")
        verbose_name_plural = _("epochs")
        ordering = ["channel", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "number"],
                name="epoch_number_once_per_channel",
                violation_error_message=_("This channel has an epoch with this number already."),
            ),
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(state=EpochState.CURRENT),
                name="epoch_one_current_per_channel",
                violation_error_message=_("A channel has one current epoch."),
            ),
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(state=EpochState.LEAVING),
                name="epoch_one_leaving_per_channel",
                violation_error_message=_("The last rotation of this channel is not finished; finish it first."),
            ),
            models.CheckConstraint(
                name="epoch_state_is_known",
                condition=Q(state__in=EpochState.values),
                violation_error_message=_("An epoch is current, being replaced or retired."),
            ),
            models.CheckConstraint(
                name="epoch_number_starts_at_one",
                condition=Q(number__gte=1),
                violation_error_message=_("Epochs are counted from 1."),
            ),
            exactly("public", KEY, "epoch_public_half_is_a_key", _("The public half of an epoch has 32 bytes.")),
        ]

    def __str__(self):
        return f"{self.slug} {self.number}"

    @property
    def slug(self):
        return self.channel.slug


class ChannelGrant(models.Model):
    """The private half of an epoch, sealed to one member, or to the recovery key where `vault` is empty."""

    epoch = models.ForeignKey(ChannelEpoch, on_delete=models.CASCADE, related_name="grants")
    vault = models.ForeignKey(Vault, null=True, blank=True, on_delete=models.CASCADE, related_name="channel_grants")
    sealed = SealedField(_("private half, sealed"))
    member_mark = SealedField(_("mark of the member"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_on = models.DateField(_("given on"))

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["epoch", "vault"],
                name="channel_grant_once_per_vault",
                violation_error_message=_("This vault is a member of the channel already."),
            ),
            models.UniqueConstraint(
                fields=["epoch"],
                condition=Q(vault__isnull=True),
                name="channel_grant_once_for_recovery",
                violation_error_message=_("An epoch is sealed to the recovery key once."),
            ),
            exactly("member_mark", KEY, "channel_grant_is_marked", _("A membership carries a mark of 32 bytes.")),
        ]

    def __str__(self):
        return f"{self.epoch}: {self.vault or 'recovery'}"


class Compartment(models.Model):
    """A write-only box: everybody may seal into it by the public half, only the channel's members take out."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="compartments")
    public = SealedField(_("public half"), unique=True)
    is_canary = models.BooleanField(
        _("for drills"), default=False, help_text=_("Holds an invented text that restore checks open.")
    )

    class Meta:
        verbose_name = _("compartment")
        verbose_name_plural = _("compartments")
        constraints = [
            exactly(
                "public", KEY, "compartment_public_half_is_a_key", _("The public half of a compartment has 32 bytes.")
            ),
            models.UniqueConstraint(
                fields=["channel"],
                condition=Q(is_canary=True),
                name="compartment_one_canary_per_channel",
                violation_error_message=_("A channel has one compartment for drills."),
            ),
        ]

    def __str__(self):
        return str(self.uuid)


class CompartmentGrant(models.Model):
    """A compartment's private half, and the thread or mark key, sealed to an epoch. Deleting it erases the content."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="grants")
    epoch = models.ForeignKey(ChannelEpoch, on_delete=models.PROTECT, related_name="compartment_grants")
    sealed = SealedField(_("private half, sealed"))

    class Meta:
        verbose_name = _("key of a compartment")
        verbose_name_plural = _("keys of compartments")
        constraints = [
            models.UniqueConstraint(
                fields=["compartment"],
                name="compartment_grant_is_single",
                violation_error_message=_("A compartment is sealed to one epoch at a time."),
            ),
        ]

    def __str__(self):
        return str(self.uuid)


class SealedRecord(models.Model):
    """One text, or one file by the random name of its blob."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="records")
    kind = models.CharField(_("kind"), max_length=14, choices=Kind)
    sealed_key = SealedField(_("key, sealed"))
    body = SealedField(_("text, sealed"), null=True, blank=True)
    blob = models.CharField(_("name of the sealed file"), max_length=80, blank=True)
    mark = SealedField(_("mark"))

    class Meta:
        verbose_name = _("sealed record")
        verbose_name_plural = _("sealed records")
        constraints = [
            models.CheckConstraint(
                name="record_is_text_or_file",
                condition=Q(body__isnull=False, blob="") | Q(body__isnull=True) & ~Q(blob=""),
                violation_error_message=_("A sealed record holds either a text or a file."),
            ),
            models.UniqueConstraint(
                fields=["blob"],
                condition=~Q(blob=""),
                name="record_has_a_file_of_its_own",
                violation_error_message=_("This sealed file belongs to another record."),
            ),
            models.CheckConstraint(
                name="record_kind_is_known",
                condition=Q(kind__in=Kind.values),
                violation_error_message=_("This kind of sealed record is not known."),
            ),
            exactly("mark", KEY, "record_is_marked", _("A sealed record carries a mark of 32 bytes.")),
        ]
        indexes = [models.Index(fields=["compartment", "kind"], name="records_of_a_compartment")]

    def __str__(self):
        return str(self.uuid)


class RecordGrant(models.Model):
    """A disclosure: the key of one record for one person until a day."""

    record = models.ForeignKey(SealedRecord, on_delete=models.CASCADE, related_name="disclosures")
    vault = models.ForeignKey(Vault, on_delete=models.CASCADE, related_name="disclosures")
    sealed = SealedField(_("key, sealed"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField(_("given on"))
    expires_on = models.DateField(_("last day"))

    objects = RecordGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("disclosure")
        verbose_name_plural = _("disclosures")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "vault"],
                name="disclosure_once_per_person",
                violation_error_message=_("This record is disclosed to this person already."),
            ),
            models.CheckConstraint(
                name="disclosure_ends_after_it_begins",
                condition=Q(expires_on__gte=F("given_on")),
                violation_error_message=_("A disclosure ends on the day it is given, or later."),
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="disclosures_by_last_day")]

    def __str__(self):
        return str(self.record_id)


class Receipt(models.Model):
    """What a reporter's number finds and opens: the thread key and the public halves, not the report."""

    uuid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lookup_id = SealedField(_("derived from the number"), unique=True)
    confirmed = models.BooleanField(_("the number was written down"), default=False)
    compartment = models.ForeignKey(Compartment, on_delete=models.CASCADE, related_name="receipts")
    box = SealedField(_("thread key and public halves, sealed"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.UniqueConstraint(
                fields=["compartment"],
                name="receipt_one_per_compartment",
                violation_error_message=_("This case has a number already."),
            ),
            exactly("lookup_id", KEY, "receipt_lookup_is_whole", _("What a number is found by has 32 bytes.")),
        ]

    def __str__(self):
        return str(self.uuid)


class KeyBox(models.Model):
    """An unlocked session. Without the secret in the visitor's cookie the row opens nothing; kept out of dumps."""

    id = models.CharField(_("derived from the cookie"), primary_key=True, max_length=64, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="key_boxes"
    )
    box = SealedField(_("keys, sealed"))
    idle_until = models.DateTimeField(_("ends when unused at"))
    dies_at = models.DateTimeField(_("ends at"))

    objects = KeyBoxQuerySet.as_manager()

    class Meta:
        verbose_name = _("unlocked session")
        verbose_name_plural = _("unlocked sessions")
        constraints = [
            models.CheckConstraint(
                name="key_box_idles_within_its_life",
                condition=Q(idle_until__lte=F("dies_at")),
                violation_error_message=_("An unlocked session does not outlive its limit."),
            ),
        ]
        indexes = [models.Index(fields=["idle_until"], name="key_boxes_by_end")]

    def __str__(self):
        return self.id[:8]
