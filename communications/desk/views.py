"""The page of one case and what is done there. Every view asks the role and, last, the vault for its key."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communications.cases.enums import CaseState, Criterion, Use
from communications.desk import disclosing, filing, opening, steps
from communications.desk.acts import ACTS, CaseAct, steps_of
from communications.desk.forms import AnswerForm, ConsentForm, NoteForm, StepForm
from communications.desk.gates import asked_for, case_url, gate, page, perform
from communications.desk.sections import sections
from iesogi.deadlines.days import lateness, today
from iesogi.vault.doors import open_until
from iesogi.vault.exceptions import Damaged

# --- Reading --------------------------------------------------------------------------------------


@require_safe
@gate
def open_case(request, pk, *, unlocked):
    case = asked_for(request, pk)
    found = opening.read_case(case, unlocked=unlocked)
    return page(request, "communications/desk/case.html", case.ref, **_shown(request, found))


def _shown(request, found):
    case, on = found.case, today()
    report = found.report
    lacking = steps.missing(case)
    return {
        "case": case,
        "found": found,
        "until": open_until(request),
        "sections": sections(report) if report else [],
        "original_language": report.get("language", "") if report else "",
        "uses": list(Use),
        "consents": [(code, [answers[use] for use in Use]) for code, answers in sorted(found.standing.items())],
        "missing": [(each, each in steps.NEEDED) for each in lacking],
        "met": [each for each in Criterion if each not in lacking],
        "next_steps": steps_of(case, request.user),
        "blockers": steps.blockers(case) if CaseState.PROPOSED in CaseState(case.state).successors else [],
        "answer_form": AnswerForm(case=case) if opening.has_number(case) else None,
        "note_form": NoteForm(case=case),
        "duplicates": list(case.duplicates.all()),
        "merged": list(case.merged.all()),
        "requests": disclosing.told(case, found, on=on),
        "kept": lateness(case.expires_on, on=on) if case.expires_on else "",
        "is_writable": not found.is_damaged and found.compartment is not None,
    }


@require_safe
@gate
def identity(request, pk, *, unlocked):
    case = asked_for(request, pk)
    try:
        items = opening.identity_of(case, unlocked=unlocked)
    except Damaged as error:
        return page(request, "vault/refused.html", _("Damaged"), reason=str(error))
    files = filing.originals(case, unlocked=unlocked)
    return page(request, "communications/desk/identity.html", _("Who it is"), case=case, items=items, files=files)


# --- Acts -----------------------------------------------------------------------------------------


@gate
def act(request, pk, name, *, unlocked):
    if name not in ACTS:
        raise Http404
    case, chosen = asked_for(request, pk), ACTS[name]
    return perform(request, case, chosen, chosen.form(request.POST or None, case=case), unlocked)


@gate
def step(request, pk, state, *, unlocked):
    case = asked_for(request, pk)
    label = dict(steps_of(case)).get(state)
    if label is None:
        if state not in CaseState.values:
            raise Http404
        messages.warning(request, _("This step was taken already, or is not open any more. See how the case stands."))
        return redirect(case_url(case))
    to = CaseState(state)

    def move(case, *, unlocked, **given):
        return steps.move(case, to=to, unlocked=unlocked, **given)

    done = _("The case is now “%(state)s”.") % {"state": to.label}
    chosen = CaseAct(label, move, StepForm, done, _says(case, to), label)
    return perform(request, case, chosen, StepForm(request.POST or None, case=case, to=to), unlocked)


def _says(case, to):
    names = {"was": CaseState(case.state).label, "to": to.label, "public": to.public_label}
    return _("From “%(was)s” to “%(to)s”. The source will read: “%(public)s”") % names


@gate
def consent(request, pk, *, unlocked):
    case = asked_for(request, pk)
    codes = sorted(opening.look(case, unlocked=unlocked).standing)
    form = ConsentForm(request.POST or None, case=case, codes=codes)
    chosen = CaseAct(
        _("Record consent"),
        filing.record_consent,
        ConsentForm,
        _("Recorded. What the case may be used for was judged anew: the strictest answer counts."),
        _("Did an answer of an alleged victim reach you by mail, by phone or face to face?"),
    )
    return perform(request, case, chosen, form, unlocked)
