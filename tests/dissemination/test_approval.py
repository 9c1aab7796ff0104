"""Nothing leaves before somebody else than its author approved it, and nothing at all where a rule forbids it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from dissemination import approval
from dissemination.enums import NEXT_OF_DRAFT, DraftState
from dissemination.exceptions import StepRefused
from dissemination.images import booklets
from dissemination.models import Booklet, Output, Post, PressItem
from dissemination.posts.services import mark_posted
from dissemination.press.services import mark_out
from iesogi.audit.models import Entry
from iesogi.outbox.models import Mail
from reports.models import Finding

pytestmark = pytest.mark.django_db

STEPS = {
    DraftState.REVIEW: lambda item, by: approval.submit(item, by=by),
    DraftState.APPROVED: lambda item, by: approval.approve(item, by=by),
    DraftState.DRAFT: lambda item, by: approval.send_back(item, remark="Shorter.", by=by),
    DraftState.WITHDRAWN: lambda item, by: approval.withdraw(item, remark="Overtaken.", by=by),
    DraftState.OUT: lambda item, by: mark_out(item, by=by),
}


@pytest.fixture
def booklet(report):
    Finding.objects.create(report=report).texts.create(language="en", text="Laws still stand.")
    return Booklet.objects.create(report=report, language="en", title="What the report says")


def in_state(item, state, holder):
    """Set in the database as the steps would have left it."""
    approved = {"approved_by": holder, "approved_at": timezone.now()}
    fields = approved if state in {DraftState.APPROVED, DraftState.OUT} else {}
    if state == DraftState.OUT:
        fields["output"] = Output.objects.create(kind="press_release", title="-", issued_on=date(2021, 1, 1))
    PressItem.objects.filter(pk=item.pk).update(state=state, **fields)
    item.refresh_from_db()
    return item


@pytest.mark.parametrize("was", DraftState)
@pytest.mark.parametrize("to", DraftState)
def test_steps_are_those_of_the_table(was, to, release, holder):
    item = in_state(release, was, holder)
    if to in NEXT_OF_DRAFT[was]:
        assert STEPS[to](item, holder).state == to
        assert Entry.objects.last().data["to"] == to
    else:
        with pytest.raises(StepRefused):
            STEPS[to](item, holder)
        assert not Entry.objects.exists()


def test_author_does_not_approve_own_words(release, officer, holder):
    item = approval.submit(release, by=officer)
    with pytest.raises(StepRefused, match="You wrote this yourself"):
        approval.approve(item, by=officer)
    assert approval.approve(item, by=holder).approved_by == holder


def test_database_refuses_an_author_as_approver(release, officer):
    with pytest.raises(IntegrityError), transaction.atomic():
        PressItem.objects.filter(pk=release.pk).update(approved_by=officer)


def test_approval_is_refused_to_whoever_only_reads(release, officer, manager):
    item = approval.submit(release, by=officer)
    with pytest.raises(StepRefused, match="reads what is disseminated"):
        approval.approve(item, by=manager)


def test_sending_back_takes_the_approval_away(release, officer, holder):
    item = approval.approve(approval.submit(release, by=officer), by=holder)
    item = approval.send_back(item, remark="One word is wrong.", by=officer)
    assert (item.state, item.approved_by, item.remark) == ("draft", None, "One word is wrong.")


def ready(item, officer, holder):
    return approval.approve(approval.submit(item, by=officer), by=holder)


def test_approvers_are_told_that_something_waits_and_nothing_more(
    release, officer, holder, consultant, manager, administrator
):
    approval.submit(release, by=officer)
    mails = Mail.objects.order_by("to")
    assert {mail.to for mail in mails} == {holder.email, consultant.email, administrator.email}
    said = mails[0].subject + mails[0].text + mails[0].html
    assert f"/admin/dissemination/pressitem/{release.pk}/change/" in said
    assert release.title not in said
    assert "It says so" not in said
    assert officer.username not in said


def test_decision_calls_mails_back_that_have_not_left(release, officer, holder):
    item = approval.submit(release, by=officer)
    Mail.objects.create(
        to="a@b.example", subject="-", text="-", dedupe_key="approval:pressitem:0:1", due_at=timezone.now()
    )
    approval.approve(item, by=holder)
    assert dict(Mail.objects.values_list("to", "state")) == {holder.email: "discarded", "a@b.example": "waiting"}
    item = approval.send_back(item, remark="Shorter.", by=holder)
    approval.submit(item, by=officer)
    assert Mail.objects.filter(to=holder.email, state="waiting").count() == 1  # asked anew


def test_booklet_that_was_made_is_told_to_others_than_its_maker(booklet, officer, holder):
    booklets.make(booklet, by=officer)
    assert [mail.to for mail in Mail.objects.all()] == [holder.email]


@pytest.mark.demand("WP-40-1")
def test_release_that_is_out_counts_once(release, officer, holder):
    release.texts.create(language="es", title="El informe", body="Lo dice.", url="https://example.org/es")
    item = mark_out(ready(release, officer, holder), by=officer, on=date(2021, 5, 17))
    output = Output.objects.get()
    assert (output.kind, output.issued_on, output.url) == (
        "press_release",
        date(2021, 5, 17),
        "https://example.org/es",
    )
    assert item.output == output


def test_embargo_holds_a_release_back(release, officer, holder):
    PressItem.objects.filter(pk=release.pk).update(embargo_until=timezone.now() + timedelta(hours=1))
    item = ready(release, officer, holder)
    with pytest.raises(StepRefused, match="embargo"):
        mark_out(item, by=officer)
    assert not Output.objects.exists()


def test_release_without_text_is_not_handed_in(release, officer):
    release.texts.all().delete()
    with pytest.raises(StepRefused, match="Write the text"):
        approval.submit(release, by=officer)


@pytest.mark.demand("WP-19c-1")
def test_nothing_leaves_about_a_report_without_strategy(release, report, officer, strategy_of):
    release.report = report
    release.save()
    with pytest.raises(StepRefused, match="no complete strategy"):
        approval.submit(release, by=officer)
    strategy_of(report=report)
    assert approval.submit(release, by=officer).state == "review"


def test_letter_that_is_not_published_cannot_even_be_chosen(release, new_letter):
    release.letter = new_letter()
    with pytest.raises(ValidationError, match="published letters"):
        release.full_clean()


@pytest.mark.demand("WP-29-2")
@pytest.mark.parametrize(
    ("consent", "says"),
    [("not_asked", "not asked counts as no"), ("no", "consent"), ("yes", ""), ("nobody_named", "")],
)
def test_letter_needs_consent_to_the_press(consent, says, release, new_letter, strategy_of, officer):
    release.letter = new_letter(public=True)
    release.save()
    strategy_of(letter=release.letter, press_consent=consent)
    if says:
        with pytest.raises(StepRefused, match=says):
            approval.submit(release, by=officer)
    else:
        assert approval.submit(release, by=officer).state == "review"


def test_consent_withdrawn_later_stops_what_has_not_left(release, new_letter, strategy_of, officer, holder):
    release.letter = new_letter(public=True)
    release.save()
    strategy = strategy_of(letter=release.letter, press_consent="yes")
    item = ready(release, officer, holder)
    type(strategy).objects.update(press_consent="no")
    with pytest.raises(StepRefused, match="consent"):
        mark_out(item, by=officer)


def test_post_counts_once_and_closes_with_its_last_version(new_post, officer, holder):
    post = new_post()
    post.versions.create(network="facebook", language="en", text="Read the report.")
    post = ready(post, officer, holder)
    first, second = post.versions.all()
    mark_posted(first, by=officer, url="https://example.org/1")
    assert (Post.objects.get().state, Output.objects.get().kind) == ("approved", "social_post")
    mark_posted(second, by=officer)
    assert (Post.objects.get().state, Output.objects.count()) == ("out", 1)
    with pytest.raises(StepRefused, match="already"):
        mark_posted(second, by=officer)


def test_version_is_not_posted_before_approval(new_post, officer):
    with pytest.raises(StepRefused, match="Only what somebody approved"):
        mark_posted(new_post().versions.get(), by=officer)


def test_post_that_left_in_part_is_not_taken_back(new_post, officer, holder):
    post = new_post()
    post.versions.create(network="facebook", language="en", text="Read the report.")
    post = ready(post, officer, holder)
    mark_posted(post.versions.first(), by=officer)
    for act in (approval.withdraw, approval.send_back):
        with pytest.raises(StepRefused):
            act(post, remark="No.", by=officer)
