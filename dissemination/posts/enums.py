from django.db import models
from django.utils.translation import gettext_lazy as _


class Network(models.TextChoices):
    """The four channels of WP 2021-2023 para 19c; Twitter was renamed X in 2023."""

    FACEBOOK = "facebook", _("Facebook")
    TWITTER = "twitter", _("Twitter/X")
    LINKEDIN = "linkedin", _("LinkedIn")
    INSTAGRAM = "instagram", _("Instagram")


class PostForm(models.TextChoices):
    """WP 2021-2023 para 42a: posts by type."""

    VIDEO = "video", _("Video")
    IMAGE = "image", _("Image")
    TEXT = "text", _("Text")
    LINK = "link", _("Link")
    OTHER = "other", _("Other")


class Trait(models.TextChoices):
    """WP 2021-2023 para 42d: what is told of an audience. Genders are those that the network says it identified."""

    GENDER = "gender", _("Gender, as identified by the network")
    AGE = "age", _("Age")
    LANGUAGE = "language", _("Language")
    PLACE = "place", _("Place")


class ChannelMeasure(models.TextChoices):
    FOLLOWERS = "followers", _("Followers")
    GROWTH = "growth_percent", _("Growth in per cent")
    AUDIENCE = "audience", _("Audience in words")
