"""Acts on a letter that need an open vault: a page that asks, a POST that does it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from communications.letters import composition, forms, naming, sending
from communications.letters.views import REFUSALS, gate, page, refused, text_url


def _act(request, letter, title, question, form, do, done):
    """A GET asks; a POST does it and goes back to the text, or shows why not with what was typed."""
    if request.method == "POST" and form.is_valid():
        try:
            do(**form.cleaned_data)
        except REFUSALS as error:
            form.add_error(None, refused(error))
        else:
            messages.success(request, done)
            return redirect(text_url(letter))
    return page(request, "act", title, form=form, question=question, letter=letter, back=text_url(letter))


def _bound(request, form=forms.forms.Form, **more):
    return form(request.POST if request.method == "POST" else None, **more)


@gate
def approve(request, *, letter, unlocked):
    question = _("Do you stand for version %(number)s as it is? From here it can be sent, by somebody else.")
    return _act(
        request,
        letter,
        _("Approve"),
        question % {"number": letter.draft_version},
        _bound(request),
        lambda: sending.approve(letter, unlocked=unlocked),
        _("Approved. A colleague can send it now."),
    )


@gate
def send(request, *, letter, unlocked):
    return _act(
        request,
        letter,
        _("Record that it was sent"),
        _("Did it go out through the Permanent Mission? From now on the days of the reply are counted."),
        _bound(request, forms.SendForm, letter=letter),
        lambda **given: sending.send(letter, unlocked=unlocked, **given),
        _("Sent. Record the reference number as soon as OHCHR gives it."),
    )


@gate
def clearance(request, signatory, *, letter, unlocked):
    row = get_object_or_404(letter.signatories.select_related("mandate"), pk=signatory)
    return _act(
        request,
        letter,
        _("Record a clearance"),
        _("What did the %(mandate)s answer?") % {"mandate": row.mandate},
        _bound(request, forms.ClearanceForm),
        lambda **given: sending.record_clearance(row, unlocked=unlocked, **given),
        _("The answer is recorded."),
    )


@gate
def override(request, *, letter, unlocked):
    return _act(
        request,
        letter,
        _("Ask to name somebody without consent"),
        _("This is for the rare case in which a name protects. A second person has to agree."),
        _bound(request, forms.ReasonForm),
        lambda reason: naming.ask_override(letter, reason=reason, unlocked=unlocked),
        _("Asked. A second person has to agree to it on this page."),
    )


@gate
def agree(request, *, letter, unlocked):
    return _act(
        request,
        letter,
        _("Agree to name somebody without consent"),
        _("Read the reason on the page of the text first. Do you stand for it, as the second person?"),
        _bound(request),
        lambda: naming.agree_override(letter, unlocked=unlocked),
        _("Agreed, for this version alone."),
    )


@gate
def add_case(request, *, letter, unlocked):
    return _act(
        request,
        letter,
        _("Add a case"),
        _("What it says comes to the end of the text, as a new version. Mandates that cleared it are asked anew."),
        _bound(request, forms.AddCaseForm, letter=letter),
        lambda case: composition.add_case(letter, case, unlocked=unlocked),
        _("The case is in the letter. Put its part in its place: it stands at the end of the text."),
    )


@gate
def take_out(request, case, *, letter, unlocked):
    row = get_object_or_404(letter.cases, pk=case)
    question = _("Take %(ref)s out of this letter? A new version is made without the paragraphs that it brought.")
    return _act(
        request,
        letter,
        _("Take a case out"),
        question % {"ref": row},
        _bound(request),
        lambda: composition.take_out(letter, row, unlocked=unlocked),
        _("The case is out. Read the text whole: what was worded anew may still speak of it."),
    )
