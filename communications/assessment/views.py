"""The assessment of a case on one page: criteria, consent line by line, and the letters that came of it."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communications.assessment import ledger, services
from communications.assessment.forms import AssessForm
from communications.cases.models import Case
from communications.desk import opening
from communications.desk.acts import CaseAct
from communications.desk.gates import asked_for, gate, page, perform


@require_safe
@gate
def assessment(request, pk, *, unlocked):
    case: Case = asked_for(request, pk)
    found = opening.read_case(case, unlocked=unlocked)
    context = {
        "case": case,
        "criteria": services.standing(case, found),
        "ledger": ledger.entries(found),
        "letters": case.letters.select_related("country").order_by("pk"),
        "why_closed": found.why_closed,
    }
    return page(request, "communications/desk/assessment.html", _("Assessment"), **context)


@gate
def assess(request, pk, *, unlocked):
    case = asked_for(request, pk)
    chosen = CaseAct(
        _("Answer a criterion"),
        services.assess,
        AssessForm,
        _("The answer is recorded, and why is sealed into the case."),
        _("What is known, and from where? An answer that changes is added; the earlier ones stay."),
        then="admin:communications_case_assessment",
    )
    form = AssessForm(request.POST or None, case=case, initial={"question": request.GET.get("question", "")})
    return perform(request, case, chosen, form, unlocked)
