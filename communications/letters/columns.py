"""Columns of the list of letters: two facts in a cell, so that all of them fit beside the menu."""

from functools import cache

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from iesogi.audit.cells import beneath
from iesogi.deadlines.days import lateness, today


@cache
def _drawn(lamp, language):
    """Five lamps in each language; rendering a template for every row would cost more than the rest of it."""
    return render_to_string("communications/letters/partials/lamp.html", {"lamp": lamp})


class LetterColumns:
    @admin.display(description=gettext_lazy("reference and type"), ordering="reference_code")
    def name(self, letter):
        return beneath(letter, letter.get_kind_display())

    @admin.display(description=gettext_lazy("stage"), ordering="state")
    def stage(self, letter):
        """Beside the State that a letter goes to, “state” would say two things."""
        return letter.get_state_display()

    @admin.display(description=gettext_lazy("replies"))
    def answers(self, letter):
        """Each reply with what it was found to be, leading to its page."""
        rows = letter.replies.all() if letter.pk else ()
        places = [
            (reverse("admin:communications_reply_change", args=[row.pk]), row, row.get_reply_class_display())
            for row in rows
        ]
        said = [(where, row, what or _("Waits to be read")) for where, row, what in places]
        return format_html_join("", '<p><a href="{}">{}</a>: {}</p>', said) or self.get_empty_value_display()

    @admin.display(description=gettext_lazy("addressee"), ordering="country__name_en")
    def addressee(self, letter):
        return letter.addressee

    @admin.display(description=gettext_lazy("reply"), ordering="reply_deadline__due_on")
    def reply(self, letter):
        """What came, and what is still waited for: an acknowledgement stops no clock."""
        said = [each for each in (letter.get_reply_class_display(), self._due(letter)) if each]
        return beneath(said[0], *said[1:]) if said else self.get_empty_value_display()

    @admin.display(description=gettext_lazy("sent, published"), ordering="sent_on")
    def sent_and_published(self, letter):
        if letter.sent_on is None:
            return self.get_empty_value_display()
        published = letter.published_on
        said = _("published %(day)s") % {"day": date_format(published)} if published else ""
        return beneath(date_format(letter.sent_on), said)

    @admin.display(description=gettext_lazy("reply due"), ordering="reply_deadline__due_on")
    def due(self, letter):
        return self._due(letter) or self.get_empty_value_display()

    @staticmethod
    def _due(letter):
        deadline = letter.reply_deadline
        if deadline is None or not deadline.is_open:
            return ""
        return _("%(date)s (%(lateness)s)") % {
            "date": date_format(deadline.due_on),
            "lateness": lateness(deadline.due_on, on=today()),
        }

    @admin.display(description=gettext_lazy("consent"))
    def lamp(self, letter):
        return _drawn(letter.lamp, get_language())
