"""The pages of the form in their order. Every page may be left empty, and every page leads to the last one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communications.cases.enums import Matter
from communications.intake import forms
from communications.intake.draft import PEOPLE, PERPETRATORS, Draft


def always(draft: Draft) -> bool:
    return True


@dataclass(frozen=True)
class Part:
    """A form that a page has once."""

    form: type
    title: Promise | str = ""
    asked: Callable[[Draft], bool] = always


@dataclass(frozen=True)
class Rows:
    """A form for each person; pages with `grows` add and remove people, others speak of those that are there."""

    kind: str
    form: type
    title: Promise
    grows: bool = False
    add: Promise | str = ""


@dataclass(frozen=True)
class Step:
    name: str
    title: Promise
    lead: Promise | str = ""
    parts: tuple[Part, ...] = ()
    rows: Rows | None = None
    asked: Callable[[Draft], bool] = always
    takes_table: bool = False

    def parts_for(self, draft: Draft) -> list[Part]:
        return [part for part in self.parts if part.asked(draft)]


def has_people(draft):
    return draft.has_people


def has_group(draft):
    return draft.has_group


def is_about_law(draft):
    return draft.matter in {Matter.LAW, Matter.PATTERN}


STEPS = [
    Step(
        "matter",
        _("What it is about"),
        _("Choose what comes nearest. You can change it later."),
        (Part(forms.MatterForm),),
    ),
    Step(
        "state",
        _("Which State, or who else"),
        _("A letter goes to the government of a State. It can also go to a company or another body."),
        (Part(forms.StateForm),),
    ),
    Step(
        "facts",
        _("What happened"),
        _("This is the heart of your report, and the only page that cannot stay empty. Do not write names here."),
        (Part(forms.FactsForm),),
    ),
    Step(
        "law",
        _("The law or practice"),
        _("A letter can comment on a law that exists, or on a bill before it is passed."),
        (Part(forms.LawForm),),
        asked=is_about_law,
    ),
    Step(
        "victims",
        _("The alleged victims"),
        _("Here nobody is named. Each person has a letter, which you can use in your story."),
        (Part(forms.GroupForm, _("The group or community"), has_group),),
        Rows(PEOPLE, forms.VictimForm, _("Person %(code)s"), grows=True, add=_("Add another person")),
        has_people,
        takes_table=True,
    ),
    Step(
        "consent",
        _("What they agree to"),
        _("Each person decides about each use. Whatever is not a clear yes counts as no. You can change it later."),
        (Part(forms.ConsentForm, _("The group or community"), has_group), Part(forms.HowAskedForm)),
        Rows(PEOPLE, forms.ConsentForm, _("Person %(code)s")),
        has_people,
    ),
    Step(
        "perpetrators",
        _("Who is said to be responsible"),
        _("Write what is known, and say what is not. You need no proof."),
        rows=Rows(
            PERPETRATORS, forms.PerpetratorForm, _("Person or body %(code)s"), grows=True, add=_("Add another one")
        ),
    ),
    Step(
        "done",
        _("What was done about it"),
        _("You do not have to go to court before you write to the United Nations."),
        (Part(forms.DoneForm),),
    ),
    Step(
        "risk",
        _("Risk"),
        _("Safety comes before every letter. Tell us what you fear, and we think of it before each step."),
        (Part(forms.RiskForm),),
    ),
    Step(
        "identity",
        _("Who you are, and names"),
        _(
            "This page is sealed apart from your story, for very few people. The United Nations does not act on "
            "anonymous reports. It never tells a State, the public or the press who wrote."
        ),
        (Part(forms.ContactForm, _("You")),),
        Rows(PEOPLE, forms.PersonForm, _("Person %(code)s")),
    ),
]
BY_NAME = {step.name: step for step in STEPS}
REVIEW = "review"


def asked(draft: Draft) -> list[Step]:
    return [step for step in STEPS if step.asked(draft)]


def after(step: Step, draft: Draft) -> Step | None:
    """None is the last page. A page no longer asked, since the matter was changed, still knows what follows."""
    later = STEPS[STEPS.index(step) + 1 :]
    return next((each for each in later if each.asked(draft)), None)


def before(step: Step | None, draft: Draft) -> Step:
    """The first page leads to itself."""
    earlier = STEPS[: STEPS.index(step)] if step else STEPS
    return next((each for each in reversed(earlier) if each.asked(draft)), STEPS[0])
