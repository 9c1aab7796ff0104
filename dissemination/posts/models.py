"""Posts with a version for each network, and what is known of the channels day by day (WP 2021-2023 paras 40, 42).

The portal holds no key to any network: people copy what was approved, mark it as posted and bring the numbers back.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dissemination.enums import DraftState
from dissemination.languages import validate_language, validate_languages
from dissemination.outgoing import Outgoing, approval_constraints, counted_as
from dissemination.posts.enums import ChannelMeasure, Network, PostForm, Trait
from dissemination.posts.lengths import too_long
from dissemination.posts.querysets import ChannelDayQuerySet, NumbersQuerySet, PostQuerySet
from iesogi.reference.figures import qualified
from iesogi.reference.models import Figure


class Post(Outgoing):
    """One content. It counts as one posting, on however many networks it stands."""

    form = models.CharField(_("type"), max_length=5, choices=PostForm, default=PostForm.TEXT)
    planned_at = models.DateTimeField(_("planned for"), null=True, blank=True, help_text=_("Geneva time."))
    output = counted_as("post")

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        ordering = ["-planned_at", "-pk"]
        constraints = [
            *approval_constraints("post"),
            models.CheckConstraint(
                name="post_counted_once_it_leaves",
                condition=Q(output=None) | Q(state__in=[DraftState.APPROVED, DraftState.OUT]),
                violation_error_message=_("A post counts once a version of it was posted."),
            ),
        ]
        indexes = [models.Index(fields=["state", "planned_at"], name="post_by_state_and_plan")]

    def missing(self):
        """What it still lacks before it can leave, as a sentence."""
        versions = list(self.versions.select_related("picture"))
        if not versions:
            return gettext("Write a version for one network at least, then hand it in.")
        if self.form == PostForm.IMAGE and not any(version.picture_id for version in versions):
            return gettext("This is a post with an image. Choose the image, and describe it in words.")
        if any(version.picture_id and not version.picture.people for version in versions):
            return gettext(
                "Nobody has checked who can be recognized in the image. Open the image, say so, then hand the post in."
            )
        return ""


class PostVersion(models.Model):
    post = models.ForeignKey(Post, verbose_name=_("post"), on_delete=models.CASCADE, related_name="versions")
    network = models.CharField(_("network"), max_length=10, choices=Network)
    language = models.CharField(_("language"), max_length=3, default="en", validators=[validate_language])
    text = models.TextField(_("text"))
    picture = models.ForeignKey(
        "dissemination.Picture",
        verbose_name=_("image"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="versions",
    )
    alt = models.CharField(
        _("text for people who do not see the image"),
        max_length=1000,
        blank=True,
        help_text=_("In the language of the post. Needed with every image."),
    )
    posted_at = models.DateTimeField(_("posted at"), null=True, blank=True, editable=False)
    url = models.URLField(_("address of the post"), blank=True, editable=False)

    class Meta:
        verbose_name = _("version for a network")
        verbose_name_plural = _("versions for networks")
        ordering = ["post", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "network", "language"],
                name="postversion_once_a_network_and_language",
                violation_error_message=_("There is a version for this network and language already."),
            ),
            models.CheckConstraint(
                name="postversion_image_has_its_words",
                condition=Q(picture=None) | ~Q(alt=""),
                violation_error_message=_(
                    "Describe the image in words, for people who do not see it, before it can go with a post."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_network_display()} ({self.language})"

    def clean(self):
        complaint = too_long(self.network, self.text)
        if complaint:
            raise ValidationError({"text": complaint})


class PostNumbers(models.Model):
    """What a network told about one post on one day: totals up to that day, so the newest row counts."""

    version = models.ForeignKey(PostVersion, verbose_name=_("post"), on_delete=models.PROTECT, related_name="numbers")
    on = models.DateField(_("day"))
    reach = models.PositiveIntegerField(_("people reached"), default=0)
    reactions = models.PositiveIntegerField(_("reactions"), default=0)
    comments = models.PositiveIntegerField(_("comments"), default=0)
    shares = models.PositiveIntegerField(_("shares"), default=0)

    objects = NumbersQuerySet.as_manager()

    class Meta:
        verbose_name = _("numbers of a post")
        verbose_name_plural = _("numbers of posts")
        ordering = ["-on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "on"],
                name="postnumbers_once_a_day",
                violation_error_message=_("There are numbers of this post for this day already; change those."),
            )
        ]

    def __str__(self):
        return f"{self.version}, {self.on.isoformat()}"


class Channel(models.Model):
    network = models.CharField(_("network"), max_length=10, choices=Network)
    handle = models.CharField(_("name on the network"), max_length=100)
    url = models.URLField(_("address"), blank=True)
    printed = models.CharField(
        _("name as printed"), max_length=100, blank=True, help_text=_("Where the source spells it otherwise.")
    )
    languages = models.JSONField(_("languages"), default=list, blank=True, validators=[validate_languages])
    ref = models.CharField(_("reference in the sources"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["network", "handle"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "handle"],
                name="channel_once_a_network",
                violation_error_message=_("This channel is recorded already."),
            )
        ]

    def __str__(self):
        return f"{self.get_network_display()}: {self.handle}"


class ChannelDay(models.Model):
    """Followers of a channel on one day. Growth is computed between two days and never typed."""

    channel = models.ForeignKey(Channel, verbose_name=_("channel"), on_delete=models.PROTECT, related_name="days")
    on = models.DateField(_("day"))
    followers = models.PositiveIntegerField(_("followers"))

    objects = ChannelDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of a channel")
        verbose_name_plural = _("days of channels")
        ordering = ["-on", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "on"],
                name="channelday_once_a_day",
                violation_error_message=_("This day of the channel is recorded already; change that row."),
            )
        ]

    def __str__(self):
        return f"{self.channel}, {self.on.isoformat()}"


class AudienceShare(models.Model):
    """How many followers of that day the network counts to one group; what it does not identify stays uncounted."""

    day = models.ForeignKey(ChannelDay, verbose_name=_("day"), on_delete=models.CASCADE, related_name="audience")
    trait = models.CharField(_("by"), max_length=8, choices=Trait)
    group = models.CharField(
        _("group"), max_length=60, help_text=_("As the network names it: 25-34, women, es, Tunisia.")
    )
    people = models.PositiveIntegerField(_("people"))

    class Meta:
        verbose_name = _("part of an audience")
        verbose_name_plural = _("parts of audiences")
        ordering = ["day", "trait", "-people", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "trait", "group"],
                name="audienceshare_once_a_group",
                violation_error_message=_("This group is counted for that day already."),
            )
        ]

    def __str__(self):
        return f"{self.get_trait_display()}: {self.group}"


class ChannelFigure(Figure):
    """A figure of the channels as printed (WP 2021-2023 para 40), beside what the days of the channels give."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=200)
    network = models.CharField(
        _("network"), max_length=10, choices=Network, blank=True, help_text=_("Empty: all channels together.")
    )
    measure = models.CharField(_("measure"), max_length=15, choices=ChannelMeasure, default=ChannelMeasure.FOLLOWERS)
    said = models.CharField(_("as printed, where it is no number"), max_length=300, blank=True)
    months = models.PositiveSmallIntegerField(
        _("months counted"), null=True, blank=True, help_text=_("The last day of the period is not printed.")
    )

    class Meta:
        verbose_name = _("printed figure of a channel")
        verbose_name_plural = _("printed figures of channels")
        ordering = ["measure", "pk"]
        constraints = [
            models.CheckConstraint(
                name="channelfigure_quantity_has_a_qualifier",
                condition=Q(quantity=None) | ~Q(qualifier=""),
                violation_error_message=_("Say how sure the figure is: exact, about, over, estimated or combined."),
            )
        ]

    def __str__(self):
        return self.label

    @property
    def as_printed(self):
        if self.quantity is None:
            return self.said
        return qualified(self.quantity, self.qualifier) + (" %" if self.measure == ChannelMeasure.GROWTH else "")
