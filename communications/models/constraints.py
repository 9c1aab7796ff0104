"""What the database itself keeps of the rules on a letter, each with the sentence that says so (domain.md R4, R8)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from communications.enums import UNSENT, LetterState

IS_UNSENT = Q(state__in=sorted(UNSENT))
CONSTRAINTS = [
    models.CheckConstraint(
        name="letter_state_is_known",
        condition=Q(state__in=sorted(LetterState.values)),
        violation_error_message=_("This stage of a letter is not known."),
    ),
    models.CheckConstraint(
        name="letter_unsent_is_in_no_register",
        condition=~IS_UNSENT | Q(sent_on=None, sent_by=None, number=None, replied_on=None, public=False),
        violation_error_message=_(
            "A letter that was not sent has no day of sending, no reference number and no reply."
        ),
    ),
    models.CheckConstraint(
        name="letter_approval_is_dated_and_open",
        condition=Q(approved_by=None, approved_on=None)
        | Q(approved_by__isnull=False, approved_on__isnull=False)
        & ~Q(state__in=[LetterState.CLEARANCE, LetterState.DRAFT, LetterState.WITHDRAWN]),
        violation_error_message=_(
            "An approval has its person and its day, and ends when the letter goes back to draft."
        ),
    ),
    models.CheckConstraint(
        name="letter_sent_by_another_than_approved",
        condition=Q(sent_by=None) | Q(approved_by__isnull=False) & ~Q(sent_by=F("approved_by")),
        violation_error_message=_(
            "Two persons stand for a letter: one approves it, another sends it. Ask a colleague to send it."
        ),
    ),
    models.CheckConstraint(
        name="letter_written_here_went_the_whole_way",
        condition=IS_UNSENT
        | Q(draft_version=0)
        | Q(approved_by__isnull=False, sent_by__isnull=False, risk_assessment__isnull=False),
        violation_error_message=_(
            "A letter that is written here goes out with an approval, a sender and a risk assessment."
        ),
    ),
    models.CheckConstraint(
        name="letter_names_only_with_consent",
        condition=IS_UNSENT | Q(names_people=False) | ~Q(naming_basis=""),
        violation_error_message=_(
            "This letter names an alleged victim who has not agreed to be named to the State. "
            "Remove the name, or record the consent, before you send it."
        ),
    ),
    models.UniqueConstraint(
        fields=["reference_code", "number", "year"],
        condition=Q(number__isnull=False),
        name="letter_reference_once",
        violation_error_message=_(
            "This reference number is recorded already. It runs per State and year over all types of letters; "
            "look the letter up before you add another."
        ),
    ),
    models.CheckConstraint(
        name="letter_reference_is_whole",
        condition=Q(reference_code="", number=None, year=None)
        | (Q(number__isnull=False, number__gt=0, year__isnull=False) & ~Q(reference_code="")),
        violation_error_message=_(
            "A reference number has a code, a number and a year. Give all three, or none while it is unknown."
        ),
    ),
    models.CheckConstraint(
        name="letter_has_one_addressee",
        condition=Q(country__isnull=False, other_addressee="")
        | Q(country=None) & ~Q(other_addressee="")
        | IS_UNSENT & Q(country=None, other_addressee=""),
        violation_error_message=_(
            "A letter goes to one addressee. Choose a State, or name another addressee, not both."
        ),
    ),
    models.CheckConstraint(
        name="letter_sent_has_its_day",
        condition=~Q(state=LetterState.SENT) | Q(sent_on__isnull=False),
        violation_error_message=_(
            "A letter that awaits a reply has a day of sending, or its deadline cannot be counted. "
            "Give the day it was sent."
        ),
    ),
    models.CheckConstraint(
        name="letter_replied_has_its_day",
        condition=~Q(state=LetterState.REPLIED) | Q(replied_on__isnull=False),
        violation_error_message=_("A letter with a reply says on which day it came."),
    ),
    models.CheckConstraint(
        name="letter_published_is_public",
        condition=Q(public=True) | Q(published_on=None) & ~Q(state=LetterState.PUBLISHED),
        violation_error_message=_("A letter with a day of publication counts as published."),
    ),
    models.CheckConstraint(
        name="letter_is_searched_once_public",
        condition=Q(public=True) | Q(search_text=""),
        violation_error_message=_("The public finds a letter by its words only once it is published."),
    ),
    models.CheckConstraint(
        name="letter_joint_agrees_with_its_count",
        condition=Q(joint=None)
        | Q(mandate_count=None)
        | Q(joint=True, mandate_count__gt=1)
        | Q(joint=False, mandate_count=1),
        violation_error_message=_(
            "A joint letter is signed by more than one mandate holder, any other letter by one. "
            "Correct the mark or the number."
        ),
    ),
    models.CheckConstraint(
        name="letter_reply_comes_after_sending",
        condition=Q(replied_on=None) | Q(sent_on=None) | Q(replied_on__gte=F("sent_on")),
        violation_error_message=_("The reply is dated before the letter. Check both dates."),
    ),
    models.CheckConstraint(
        name="letter_follows_another",
        condition=Q(follows_up=None) | ~Q(follows_up=F("id")),
        violation_error_message=_("A letter does not follow up itself. Choose the letter that came before it."),
    ),
]
