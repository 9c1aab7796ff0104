"""The questions of the public form: one short sentence at a time, an example where one helps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communications.cases.choices import (
    Actor,
    AgeBand,
    Factor,
    Gender,
    HowKnown,
    LawStatus,
    Orientation,
    Relation,
    ReplyLanguage,
    YesNo,
)
from communications.cases.enums import Consent, Matter, Timing, Use
from communications.intake.fields import LONG, SHORT, LineField, OneOf, Picked, Several, TextField, Tick
from communications.intake.states import mandates, states


class MatterForm(forms.Form):
    matter = OneOf(_("What is your report about?"), Matter.choices, initial=Matter.INDIVIDUAL)


class StateForm(forms.Form):
    country = Picked(
        _("State"), [], empty=_("Not said"), help_text=_("The State where it happens, or whose law it is.")
    )
    keep_out = Tick(
        _("Keep the State out of the lists that the team reads"),
        help_text=_(
            "The State is the one answer that everybody in the team can read in a list. "
            "Tick this if even that is dangerous. It is then sealed with the rest."
        ),
    )
    actor = TextField(
        _("Is it about a company, an armed group or an international body? Which one?"),
        most=SHORT,
        rows=2,
        help_text=_("A letter can go to them as well. Write the full name, without abbreviations."),
    )
    mandates = Several(
        _("Other experts of the United Nations who should act as well"),
        [],
        help_text=_("Leave it empty if you are not sure. The team can ask others to join."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("Not said")), *states()]
        self.fields["mandates"].choices = mandates()
        if not self.fields["mandates"].choices:
            del self.fields["mandates"]


class FactsForm(forms.Form):
    account = TextField(
        _("What happened?"),
        most=LONG,
        rows=10,
        help_text=_(
            "Tell it in your own words, in the order in which it happened. "
            "Write “A”, “B” and so on instead of names; there is a protected page for names later."
        ),
    )
    timing = OneOf(_("Is it over?"), Timing.choices)
    begun = LineField(
        _("When did it happen, or begin?"), help_text=_("A day, a month or a year: 14 May 2021, or early 2021.")
    )
    ended = LineField(_("When did it end?"), help_text=_("Leave it empty if it goes on."))
    place = LineField(_("Where?"), help_text=_("Town, region, kind of place: a street, a police station, a school."))
    why_urgent = TextField(
        _("Why can it not wait?"),
        most=SHORT,
        rows=3,
        help_text=_(
            "Only if somebody is in danger now or soon. For example: a hearing on Friday, threats since Monday."
        ),
    )
    motive = TextField(
        _("Why do you think it is about sexual orientation or gender identity?"),
        most=SHORT,
        rows=3,
        help_text=_(
            "Also if it was only believed of the person. For example: words that were said, what others met with."
        ),
    )
    how_known = OneOf(_("How do you know of it?"), HowKnown.choices)


class LawForm(forms.Form):
    title = TextField(
        _("Which law, policy or practice?"), most=SHORT, rows=2, help_text=_("Its full name and number. A link helps.")
    )
    status = Picked(_("How far is it?"), LawStatus.choices)
    provisions = TextField(
        _("What does it say, and what does it do to people?"),
        rows=6,
        help_text=_("The articles that matter, in their own words if you have them."),
    )


class VictimForm(forms.Form):
    """Facet of a row of people: nothing in it names anybody."""

    age_band = Picked(_("Age at that time"), AgeBand.choices)
    gender = Picked(_("Gender"), Gender.choices)
    orientation = Picked(_("Sexual orientation, lived or believed"), Orientation.choices)
    detained = Picked(_("Locked up now?"), YesNo.choices)
    defender = Picked(_("A defender of human rights?"), YesNo.choices)
    factors = Several(
        _("Was it also about something else?"),
        Factor.choices,
        help_text=_("You need not answer. It helps to see how kinds of discrimination go together."),
    )


class GroupForm(forms.Form):
    number = LineField(_("About how many people?"), help_text=_("For example: 12, or between 30 and 40."))
    description = TextField(
        _("Who are they, and what do they have in common?"),
        most=SHORT,
        rows=3,
        help_text=_("No names here. For example: trans women who work in one district."),
    )
    group_factors = Several(_("Was it also about something else?"), Factor.choices)


def consent_field(use, help_text):
    return Picked(use.label, Consent.choices, initial=Consent.NOT_ASKED, empty=_("No answer"), help_text=help_text)


class ConsentForm(forms.Form):
    """Facet of a row of people, and of the group. Each use by itself: a yes to one is no yes to another (R4)."""

    letter = consent_field(Use.LETTER, _("The State learns what happened, and that somebody told the United Nations."))
    to_government = consent_field(
        Use.TO_GOVERNMENT, _("The State can then protect this person, or harm them. Without a yes there is no name.")
    )
    in_public_report = consent_field(
        Use.IN_PUBLIC_REPORT, _("Letters become public after some months. Without a yes the name is taken out.")
    )
    in_press = consent_field(Use.IN_PRESS, _("In press releases and on social media."))


class HowAskedForm(forms.Form):
    how_asked = TextField(
        _("Who asked, when and how?"),
        most=SHORT,
        rows=2,
        help_text=_("For example: I asked each of them by phone in May 2021. No names."),
    )


class PerpetratorForm(forms.Form):
    kind = OneOf(_("Who is said to have done it?"), Actor.choices)
    who = TextField(
        _("What do you know of them?"),
        most=SHORT,
        rows=3,
        help_text=_("Name if known, rank, unit, uniform, car, how many. Say what you saw and what you only heard."),
    )


class DoneForm(forms.Form):
    done_at_home = TextField(
        _("What was done about it in the country?"),
        most=SHORT,
        help_text=_("Complaints to police, court or an ombudsperson, and what came of them."),
    )
    why_nothing_done = TextField(
        _("If nothing was done: why?"),
        most=SHORT,
        rows=3,
        help_text=_("Fear is a reason. You do not have to go to court first."),
    )
    other_procedures = TextField(
        _("Was it sent anywhere else?"),
        most=SHORT,
        rows=3,
        help_text=_("To another body of the United Nations, or to a regional court or commission. With its number."),
    )


class RiskForm(forms.Form):
    fears = TextField(
        _("What could happen to you or to others because of this report?"),
        most=SHORT,
        help_text=_(
            "Also threats or punishments that have happened already because somebody spoke with the United Nations."
        ),
    )
    confidential_passages = TextField(
        _("What in your report must never be told to anybody?"),
        most=SHORT,
        rows=3,
        help_text=_("For example: that there was a witness."),
    )


class PersonForm(forms.Form):
    """Facet of a row of people: sealed apart from the story."""

    name = LineField(_("Full name"), help_text=_("As in official papers, and the name the person uses."))
    birth = LineField(_("Date of birth, or age"))
    nationality = LineField(_("Nationality"))
    occupation = LineField(_("Occupation"))
    address = TextField(_("Where the person is"), most=SHORT, rows=2)
    other = TextField(_("Anything else that names this person"), most=SHORT, rows=2)


class ContactForm(forms.Form):
    your_name = LineField(_("Your name"), autocomplete="off")
    organization = LineField(_("Your organization, if you write for one"))
    relation = Picked(_("What are you to the people concerned?"), Relation.choices)
    your_address = TextField(_("Your address, or at least town and country"), most=SHORT, rows=2)
    email = LineField(_("E-mail"), kind="email")
    phone = LineField(_("Phone, with the code of the country"), kind="tel")
    language = Picked(_("In which language may we answer?"), ReplyLanguage.choices)
    may_contact = Tick(
        _("You may contact me"), help_text=_("Without this we write only to the page you reach with your number.")
    )
    safe_contact = TextField(
        _("How can we reach you safely?"),
        most=SHORT,
        rows=2,
        help_text=_("For example: Signal only, never by phone, not in the evening, do not say who calls."),
    )
