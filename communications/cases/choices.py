"""Answers to choose from in the public form, kept sealed by their code and shown to staff by their label.

The grounds that go together with orientation and gender identity are those of WP 2021-2023, paras 5b, 8 and 9. Each
list can be left without an answer, and the most personal ones offer not to say.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

UNSAID = _("I prefer not to say")


class AgeBand(models.TextChoices):
    """At the time of what happened."""

    CHILD = "child", _("Under 18")
    YOUNG = "18-29", _("18 to 29")
    ADULT = "30-59", _("30 to 59")
    OLDER = "60+", _("60 or older")
    UNSAID = "unsaid", UNSAID


class Gender(models.TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    TRANS_WOMAN = "trans_woman", _("Trans woman")
    TRANS_MAN = "trans_man", _("Trans man")
    NON_BINARY = "non_binary", _("Non-binary or gender diverse")
    ANOTHER = "another", _("Another gender")
    UNSAID = "unsaid", UNSAID


class Orientation(models.TextChoices):
    """Lived or only perceived: both are grounds of violence."""

    LESBIAN = "lesbian", _("Lesbian")
    GAY = "gay", _("Gay")
    BISEXUAL = "bisexual", _("Bisexual")
    HETEROSEXUAL = "heterosexual", _("Heterosexual")
    ANOTHER = "another", _("Another orientation")
    UNSAID = "unsaid", UNSAID


class Factor(models.TextChoices):
    RACE = "race", _("Race or skin colour")
    ETHNICITY = "ethnicity", _("Ethnicity")
    INDIGENOUS = "indigenous", _("Indigenous people")
    RELIGION = "religion", _("Religion or belief")
    HEALTH = "health", _("Health, for example HIV")
    DISABILITY = "disability", _("Disability")
    POVERTY = "poverty", _("Poverty, class or caste")
    MIGRATION = "migration", _("Refugee, asylum seeker or migrant")
    SEX = "sex", _("Sex")
    AGE = "age", _("Young or old age")
    DETENTION = "detention", _("Deprived of liberty")
    WORK = "work", _("Sex work")
    OTHER = "other", _("Something else")
    UNSAID = "unsaid", UNSAID


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("I do not know")


class Actor(models.TextChoices):
    """Whose act it is said to be."""

    STATE = "state", _("Officials: police, army, court, school, hospital or other")
    STATE_SUPPORTED = "state_supported", _("Others, with help or consent of officials")
    NON_STATE = "non_state", _("Others: family, neighbours, a group, a company")
    UNKNOWN = "unknown", _("I do not know")


class LawStatus(models.TextChoices):
    IDEA = "idea", _("Announced")
    BILL = "bill", _("A bill before parliament")
    PASSED = "passed", _("Passed, not in force yet")
    IN_FORCE = "in_force", _("In force")
    PRACTICE = "practice", _("A practice, written nowhere")


class HowKnown(models.TextChoices):
    """Not only from the media (domain.md 1.3); a warning to the officer, never a gate (R6)."""

    MYSELF = "myself", _("It happened to me")
    SAW = "saw", _("I saw it or heard it")
    TOLD = "told", _("The people concerned told me or my organization")
    OTHERS = "others", _("Other people told me")
    MEDIA = "media", _("I know it from the media only")


class Relation(models.TextChoices):
    """Of the sender to the people concerned."""

    MYSELF = "myself", _("It is about me")
    FAMILY = "family", _("Family, partner or friend")
    LAWYER = "lawyer", _("Lawyer")
    ORGANIZATION = "organization", _("An organization that helps them")
    OTHER = "other", pgettext_lazy("relation", "Another")


class ReplyLanguage(models.TextChoices):
    """The languages in which the United Nations accepts reports (domain.md 1.2)."""

    EN = "en", _("English")
    FR = "fr", _("French")
    ES = "es", _("Spanish")
