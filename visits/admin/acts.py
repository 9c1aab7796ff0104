"""Acts on a visit: the button stands where the step is legal, and its page says what is missing."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from iesogi.audit.acts import Act, says
from iesogi.documents.exceptions import DocumentError
from iesogi.documents.permissions import may_request
from visits import brief, forms, permissions, services
from visits.admin.columns import REFUSALS
from visits.enums import NEEDS_REASON, OVER, ReportStage, VisitKind, VisitState

# These steps ask for more than a day and a reason.
OWN_PAGE = {VisitState.INVITED, VisitState.POSTPONED}
REPORT_FORMS = {
    ReportStage.STATEMENT: forms.StatementForm,
    ReportStage.ISSUED: forms.IssueForm,
    ReportStage.PRESENTED: forms.PresentForm,
}


act = partial(Act, may=permissions.may_change, refusals=REFUSALS)
MARK_AS, IS_NOW = gettext_noop("Mark as “%(state)s”"), gettext_noop("The visit is now “%(state)s”.")


def may_become(state):
    return lambda visit: state in VisitState(visit.state).successors


def is_country(visit):
    return visit.kind == VisitKind.COUNTRY


def is_coming(visit):
    return visit.state not in OVER


def has_terms_ahead(visit):
    return is_country(visit) and is_coming(visit)


def step_act(to):
    """One act for each state: the button stands where the step is legal."""
    return act(
        f"to-{to.replace('_', '-')}",
        label=says(MARK_AS, to),
        question=_("Take this step? Its day and the words are kept with the visit."),
        done=says(IS_NOW, to),
        do=partial(services.step, to=to),
        form=forms.LeaveForm if to in NEEDS_REASON else forms.StepForm,
        offered=may_become(to),
    )


def report_act(to):
    return act(
        f"report-{to.replace('_', '-')}",
        label=says(gettext_noop("Report: “%(state)s”"), to),
        question=_("Take this step of the report? The day is kept with the visit."),
        done=says(gettext_noop("The report is now “%(state)s”."), to),
        do=partial(services.report_step, to=to),
        form=REPORT_FORMS.get(to, forms.NoteForm),
        offered=lambda visit: (
            is_country(visit)
            and visit.state in {VisitState.DONE, VisitState.UNDER_WAY}
            and to in ReportStage(visit.report_stage).successors
        ),
    )


PLAN = act(
    "replan",
    label=_("Plan anew"),
    question=_("Add this plan? The plans before it stay."),
    done=_("The new plan stands beside the ones before it."),
    do=services.replan,
    form=forms.ReplanForm,
    offered=is_coming,
)
CHECKLIST = act(
    "checklist",
    label=_("Plan the checklist"),
    question=_("Open these deadlines, and move those whose day changed?"),
    done=_("The checklist is planned. Each date says why it is that date."),
    do=services.plan_checklist,
    offered=lambda visit: visit.state not in {VisitState.CANCELLED, VisitState.WITHDRAWN, VisitState.POSTPONED},
)
REMIND = act(
    "remind",
    label=_("Request renewed"),
    question=_("Record that the request was renewed? The waiting begins again."),
    done=_("The reminder is recorded, and the next one has its deadline."),
    do=services.remind,
    form=forms.NoteForm,
    offered=lambda visit: visit.state == VisitState.REQUESTED,
)
INVITE = act(
    "invite",
    label=_("Invited"),
    question=_("Record the invitation?"),
    done=_("The invitation is recorded."),
    do=services.invite,
    form=forms.InviteForm,
    offered=may_become(VisitState.INVITED),
)
TERM = act(
    "term",
    label=_("Answer to a term"),
    question=_("Record how the State answers one point of the terms of reference?"),
    done=_("The answer is recorded."),
    do=services.answer_term,
    form=forms.TermForm,
    offered=has_terms_ahead,
)
ALL_TERMS = act(
    "accept-terms",
    label=_("All terms accepted"),
    question=_("Record that the State accepts every point that is open?"),
    done=_("Every point of the terms of reference is accepted."),
    do=services.accept_terms,
    form=forms.NoteForm,
    offered=lambda visit: has_terms_ahead(visit) and not visit.terms_accepted_on,
)
POSTPONE = act(
    "to-postponed",
    label=says(MARK_AS, VisitState.POSTPONED),
    question=_("Put the visit off? The days given up are kept beside the new ones."),
    done=says(IS_NOW, VisitState.POSTPONED),
    do=services.postpone,
    form=forms.PostponeForm,
    offered=may_become(VisitState.POSTPONED),
)
FOLLOW_UP = act(
    "follow-up",
    label=_("Follow-up dialogue"),
    question=_("Record a word with the visited State about the recommendations?"),
    done=_("The follow-up dialogue is recorded."),
    do=services.follow_up,
    form=forms.FollowUpForm,
    offered=lambda visit: is_country(visit) and visit.state == VisitState.DONE,
)
CONTACT = act(
    "contact",
    label=_("Log a conversation"),
    question=_("Add this conversation to the log? The log is only added to."),
    done=_("The conversation is in the log."),
    do=services.log_contact,
    form=forms.ContactForm,
)
BRIEF = Act(
    "brief",
    label=_("Make the brief"),
    question=_("Make a PDF brief of this visit for staff, as it stands now?"),
    done=_("The brief is queued. This page shows how it gets on, and holds it when it is ready."),
    may=lambda user, visit: may_request(user),
    do=brief.ask_for,
    form=forms.BriefForm,
    refusals=(DocumentError,),
    then=lambda document: reverse("admin:documents_document_change", args=[document.pk]),
)
VISIT_ACTS = [
    *[step_act(state) for state in VisitState if state not in OWN_PAGE],
    INVITE,
    POSTPONE,
    REMIND,
    TERM,
    ALL_TERMS,
    PLAN,
    CHECKLIST,
    *[report_act(stage) for stage in ReportStage if stage],
    FOLLOW_UP,
    CONTACT,
    BRIEF,
]
