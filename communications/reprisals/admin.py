"""Acts on the page of a letter, and the links that stand there."""

from functools import partial

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from communications.exceptions import StepRefused
from communications.permissions import may_take_steps
from communications.reprisals import services
from communications.reprisals.forms import FlagForm, NoMoreForm, RaiseForm
from communications.reprisals.models import Bond
from iesogi.audit.acts import Act
from iesogi.safety.exceptions import SafetyRefused

act = partial(Act, may=may_take_steps, refusals=(StepRefused, SafetyRefused))


def place(reprisal):
    return reverse("admin:safety_reprisal_change", args=[reprisal.pk])


LETTER_ACTS = [
    act(
        "reprisal",
        label=_("Flag a reprisal"),
        question=_("Was somebody punished because of this letter? Name no person; who it is stands in sealed cases:"),
        done=_("The reprisal is in its register, with a day of its first follow-up. Record what is done about it."),
        do=services.flag_from_letter,
        form=FlagForm,
        offered=lambda letter: letter.sent_on is not None,
        then=place,
    ),
    act(
        "raises",
        label=_("It raises a reprisal"),
        question=_("Does this letter raise a reprisal with the Government? Which one?"),
        done=_("The letter and the reprisal belong together."),
        do=services.raise_by_letter,
        form=RaiseForm,
    ),
    act(
        "raises-no-more",
        label=_("It raises a reprisal no more"),
        question=_("Which reprisal does the text of this letter not raise any more?"),
        done=_("The letter and the reprisal are apart again."),
        do=services.raise_no_more,
        form=NoMoreForm,
        offered=lambda letter: letter.is_unsent and letter.reprisal_links.filter(bond=Bond.RAISES).exists(),
    ),
]


def links_of(letter):
    """Labels of the reprisals of a letter, each leading to its page; empty where there is none."""
    rows = letter.reprisal_links.select_related("reprisal") if letter.pk else ()
    places = [(place(row.reprisal), row.reprisal, row.get_bond_display()) for row in rows]
    return format_html_join("", '<p><a href="{}">{}</a>: {}</p>', places)
