from django.db import models
from django.utils.translation import gettext_lazy as _


class Subject(models.TextChoices):
    REPORT = "report", _("Report")
    VISIT = "visit", _("Visit")
    LETTER = "letter", _("Letter")


class Stage(models.TextChoices):
    """WP 2021-2023 para 19c: two moments of a report; para 22: three stages of a visit; R1: letters once published."""

    AVAILABILITY = "availability", _("At publication: notice of availability")
    AROUND_VISIT = "around_visit", _("Before, during and after the visit")
    AFTER_PUBLICATION = "after_publication", _("After publication")
    AFTER_PRESENTATION = "after_presentation", _("After presentation to the Council or the Assembly")


STAGES = {
    Subject.REPORT: (Stage.AVAILABILITY, Stage.AFTER_PRESENTATION),
    Subject.VISIT: (Stage.AROUND_VISIT, Stage.AFTER_PUBLICATION, Stage.AFTER_PRESENTATION),
    Subject.LETTER: (Stage.AFTER_PUBLICATION,),
}


class Considered(models.TextChoices):
    """Dissemination is considered for every output, and a no is kept as well (WP 2021-2023 para 29)."""

    OPEN = "open", _("Not decided yet")
    YES = "yes", _("Yes")
    NO = "no", _("No")


class PressConsent(models.TextChoices):
    """R4: may the press and social media speak of it? Not asked counts as no."""

    NOT_ASKED = "not_asked", _("Not asked yet, which counts as no")
    NO = "no", _("No")
    YES = "yes", _("Yes, everybody named agreed")
    NOBODY_NAMED = "nobody_named", _("The letter names nobody")


CONSENTED = (PressConsent.YES, PressConsent.NOBODY_NAMED)


class ActivityKind(models.TextChoices):
    NOTICE = "notice", _("Notice of availability")
    LAUNCH = "launch", _("Launch event")
    PRESS_RELEASE = "press_release", _("Press release")
    INTERVIEW = "interview", _("Interview or other work with the media")
    STATEMENT = "statement", _("Public statement")
    SOCIAL_MEDIA = "social_media", _("Social media")
    DIGITAL_CAMPAIGN = "digital_campaign", _("Digital campaign")
    IMAGES = "images", _("Images")
    BOOKLET = "booklet", _("Booklet")
    ENGAGEMENT = "engagement", _("Speaking engagement")
    OTHER = "other", _("Other")


class ActivityState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")

    @property
    def successors(self):
        return NEXT[self]


NEXT = {
    ActivityState.PLANNED: {ActivityState.DONE, ActivityState.DROPPED},
    ActivityState.DONE: set(),
    ActivityState.DROPPED: {ActivityState.PLANNED},
}


class MeasuredBy(models.TextChoices):
    """A result is counted where rows exist, and typed only where none do."""

    HAND = "hand", _("Typed by hand")
    ACTIVITIES = "activities", _("Activities done")
    ENGAGEMENTS = "engagements", _("Engagements")
    ATTENDANCE = "attendance", _("Attendance of engagements")
    OUTPUTS = "outputs", _("Press items and other outputs")
    POSTS = "posts", _("Posts")
    REACH = "reach", _("People reached by posts")
