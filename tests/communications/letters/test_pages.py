"""The pages of the text, the board, saved views, and the documents made from a version."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from docx import Document

from communications.desk import filing
from communications.enums import UNSENT, LetterState
from communications.letters import drafts
from communications.letters.blocks import blocks, changes, runs
from communications.models import Letter, SavedView, Signatory
from communications.services import move
from iesogi.accounts.enums import PaidBy, Role
from iesogi.accounts.models import User
from iesogi.audit.models import Entry
from iesogi.deadlines.days import today

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"admin:communications_letter_{name}", args=args)


def said(response):
    return response.content.decode()


def test_letter_is_begun_written_compared_and_sent_by_its_pages(
    taken_up, texts, ours, torture, desk, holder, risk, enter
):
    client = enter(desk)
    assert str(taken_up) in said(client.get(at("begin") + f"?case={taken_up.pk}"))
    given = {"cases": [taken_up.pk], "kind": "AL", "language": "fr", "norms": [], "mandates": [torture.pk]}
    assert client.post(at("begin"), given).status_code == 302
    letter = Letter.objects.get()
    assert (letter.joint, letter.mandate_count, letter.signatories.count(), letter.role) == (True, 2, 2, "lead")
    assert letter.addressee == ""  # the case keeps its State sealed
    page = said(client.get(at("text", letter.pk)))
    assert "Excellence" in page
    assert "; Special Rapporteur on torture" in page
    late = {"base": 0, "text": "Kept words.", "named": []}
    assert "Kept words." in said(client.post(at("text", letter.pk), late))
    assert client.post(at("text", letter.pk), late | {"base": 1, "text": "Excellence, bref."}).status_code == 302
    diff = said(client.get(at("compare", letter.pk)))
    assert "<ins>" in diff
    assert "<del>" in diff
    Letter.objects.update(risk_assessment=risk)
    move(letter, "clearance", by=desk.user, on=today())
    answer = {"answer": "cleared", "on": today(), "answered_by": "Its office"}
    assert (
        client.post(at("clearance", letter.pk, Signatory.objects.get(mandate=torture).pk), answer).status_code == 302
    )
    move(letter, "approval", by=desk.user, on=today())
    assert "Only the mandate holder approves" in said(client.post(at("approve", letter.pk)))
    assert enter(holder).post(at("approve", letter.pk)).status_code == 302
    client = enter(desk)
    assert "Say to whom it went" in said(client.post(at("send", letter.pk), {"on": today()}))
    sent = {"on": today(), "other_addressee": "A security company"}
    assert client.post(at("send", letter.pk), sent).status_code == 302
    letter = Letter.objects.get()
    assert (letter.state, letter.addressee) == ("sent", "A security company")
    assert client.post(at("reference", letter.pk), {"reference": "OTH 12/2021"}).status_code == 302
    assert Letter.objects.get().reference == "AL OTH 12/2021"


def test_who_asked_to_name_somebody_waits_for_a_second_person(draft, taken_up, desk, holder, enter):
    wanted = {"code": "A", "use": "to_government", "answer": "no"}
    filing.record_consent(taken_up, unlocked=desk, given_on=today(), given_by="the person", how="written", **wanted)
    drafts.write(draft, text="It speaks of A.", named={taken_up.ref: ["A"]}, base=1, unlocked=desk)
    client = enter(desk)
    assert client.post(at("override", draft.pk), {"reason": "The name protects."}).status_code == 302
    page = said(client.get(at("text", draft.pk)))
    assert "A second person has to agree to it on this page." in page
    assert at("agree", draft.pk) not in page
    assert at("agree", draft.pk) in said(enter(holder).get(at("text", draft.pk)))


def test_word_document_holds_the_version_and_no_more(draft, desk, enter):
    drafts.write(draft, text="## Head & <b>\n\nOne {{ 7 * 7 }}.\n\n- Item", named={}, base=1, unlocked=desk)
    response = enter(desk).get(at("download", draft.pk, "docx"))
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"] == f'attachment; filename="letter-{draft.pk}-v2.docx"'
    document = Document(BytesIO(response.content))
    texts = [(each.style.name, each.text) for each in document.paragraphs if each.text]
    assert texts == [
        ("Normal", "Confidential draft, not approved"),
        ("Heading 2", "Head & <b>"),
        ("Normal", "One {{ 7 * 7 }}."),
        ("List Number", "Item"),
    ]
    assert document.core_properties.author == ""
    assert Entry.objects.filter(verb="letter.downloaded").count() == 1


def test_pdf_is_made_in_the_request(draft, desk, enter):
    response = enter(desk).get(at("download", draft.pk, "pdf"))
    assert response.content.startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]
    assert enter(desk).get(at("download", draft.pk, "exe")).status_code == 404


def test_text_stays_shut_without_the_vault(draft, desk, enter):
    page = enter(desk, is_open=False).get(at("text", draft.pk))
    assert "café" not in said(page)
    assert "passphrase" in said(page)


def test_paragraphs_and_changes():
    assert blocks("One\nline\n\n## Head\n- a\n- b\n\n\n\nLast") == [
        ("paragraph", "One line"), ("heading", "Head"), ("item", "a"), ("item", "b"), ("paragraph", "Last"),
    ]  # fmt: skip
    assert changes("Same\n\nOld word here\n\nGone", "Same\n\nNew word here") == [
        [("", "Same")],
        [("del", "Old"), ("ins", "New"), ("", "word here")],
        [("del", "Gone")],
    ]


def test_questions_are_numbered_through_the_letter():
    found = runs(blocks("- One\n- Two\n\nBetween\n\n- Three"))
    assert found == [("item", ["One", "Two"], 1), ("paragraph", ["Between"], 0), ("item", ["Three"], 3)]


# --- Board and saved views ------------------------------------------------------------------------


def test_board_moves_by_a_form_and_says_why_not(draft, desk, enter):
    client = enter(desk, is_open=False)
    page = said(client.get(at("board")))
    assert f"Letter {draft.pk}" in page
    refusal = said(client.post(at("move", draft.pk), {"to": "withdrawn"}, follow=True))
    assert "Say why" in refusal
    for to in ("sent", "replied", "nonsense"):
        assert "Choose a stage from the list" in said(client.post(at("move", draft.pk), {"to": to}, follow=True))
    client.post(at("move", draft.pk), {"to": "withdrawn", "reason": "It was overtaken."})
    assert Letter.objects.get().state == LetterState.WITHDRAWN


def test_refused_move_keeps_what_was_typed_at_its_card(draft, new_letter, desk, enter):
    """The words stand where they were typed, and their field has the focus."""
    other = new_letter()
    client = enter(desk, is_open=False)
    page = said(client.post(at("move", other.pk), {"to": "draft", "reason": "Too early <b>"}))
    assert "cannot become “In draft”" in page
    assert page.count("<details open>") == 1
    field = f'<input id="reason-{other.pk}" name="reason" maxlength="300" value="Too early &lt;b&gt;"'
    assert f'{field} aria-describedby="refused" aria-invalid="true" autofocus>' in page
    assert page.count('id="refused"') == 1
    assert Letter.objects.get(pk=other.pk).state == LetterState.SENT


def test_moved_letter_is_found_again_at_its_card(new_letter, desk, enter):
    letter = new_letter()
    client = enter(desk, is_open=False)
    response = client.post(at("move", letter.pk), {"to": "follow_up"})
    assert response["Location"] == f"{at('board')}#letter-{letter.pk}"
    page = said(client.get(at("board")))
    assert f'id="letter-{letter.pk}"' in page
    assert 'href="#stage-follow_up"' in page


def test_letter_that_leaves_the_board_leads_to_its_top(draft, desk, enter):
    response = enter(desk, is_open=False).post(at("move", draft.pk), {"to": "withdrawn", "reason": "Overtaken."})
    assert response["Location"] == at("board")


def test_saved_view_that_is_shown_says_so(desk, enter):
    client = enter(desk, is_open=False)
    client.post(at("save_view"), {"name": "Drafts", "query": "state=draft"})
    assert 'href="?state=draft" aria-current="true"' in said(client.get(at("changelist") + "?state=draft"))
    assert 'href="?state=draft" aria-current' not in said(client.get(at("changelist") + "?state=sent"))


def test_saved_view_is_ones_own(desk, second, enter):
    client = enter(desk, is_open=False)
    given = {"name": "Drafts", "query": "state=draft&p=3&kind__exact=UA"}
    response = client.post(at("save_view"), given)
    assert response["Location"].endswith("?state=draft&kind__exact=UA")
    assert 'href="?state=draft&amp;kind__exact=UA"' in said(client.get(at("changelist")))
    view = SavedView.objects.get()
    assert enter(second, is_open=False).post(at("forget_view", view.pk)).status_code == 404
    assert enter(desk, is_open=False).post(at("forget_view", view.pk)).status_code == 302
    assert not SavedView.objects.exists()


def test_view_saved_under_a_name_again_takes_the_new_filter(desk, enter):
    client = enter(desk, is_open=False)
    for query in ("state=draft", "state=sent"):
        assert client.post(at("save_view"), {"name": "Mine", "query": query}).status_code == 302
    assert list(SavedView.objects.values_list("name", "query")) == [("Mine", "state=sent")]
    assert "This field cannot be blank." in said(client.post(at("save_view"), {"name": " "}, follow=True))


def test_letters_are_given_over_many_at_a_time(new_letter, desk, second, enter):
    letters = [new_letter(number=number) for number in (1, 2, 3)]
    chosen = {"action": "assign", "_selected_action": [letter.pk for letter in letters[:2]]}
    client = enter(desk, is_open=False)
    assert "Give them over" in said(client.post(at("changelist"), chosen))
    assert client.post(at("changelist"), chosen | {"owner": second.user.pk, "do": "1"}).status_code == 302
    assert list(Letter.objects.order_by("pk").values_list("owner__username", flat=True)) == ["bela", "bela", None]
    assert Entry.objects.filter(verb="letter.assigned").count() == 2


def test_form_of_a_draft_takes_neither_number_nor_day(draft, desk, enter, second, risk):
    client = enter(desk, is_open=False)
    page = client.get(at("change", draft.pk))
    assert not {"reference", "sent_on"} & set(page.context["adminform"].form.fields) - {"reference"}
    inlines = {f"{name}-{key}": 0 for name in ("signatories", "steps") for key in ("TOTAL_FORMS", "INITIAL_FORMS")}
    data = {"country": draft.country_id, "kind": "UA", "language": "es", "owner": second.user.pk, "joint": "unknown"}
    data |= {"risk_assessment": risk.pk, "sent_on": "2021-01-01", "reference": ""}
    assert client.post(at("change", draft.pk), data | inlines).status_code == 302
    letter = Letter.objects.get()
    assert (letter.kind, letter.language, letter.owner, letter.sent_on) == ("UA", "es", second.user, None)


# --- Who may --------------------------------------------------------------------------------------

ROLES = {
    Role.MANDATE_HOLDER: {"step", "approve", "send", "decide"},
    Role.DESK_OFFICER: {"step", "send"},
    Role.SENIOR_ADVISOR: set(),
    Role.RESEARCH_ASSISTANT: set(),
    Role.DISSEMINATION_CONSULTANT: set(),
    Role.MANAGER: set(),
    Role.ADMINISTRATOR: set(),
}


@pytest.mark.parametrize("paid_by", PaidBy)
@pytest.mark.parametrize("role", Role)
def test_matrix_of_who_may_take_which_step(roles, role, paid_by):
    from communications.desk.permissions import may_decide
    from communications.permissions import may_approve, may_send, may_take, may_take_steps

    user = User.objects.create(username="somebody", email="s@example.org", is_staff=True, paid_by=paid_by)
    user.groups.add(Group.objects.get(name=role.value))
    allowed = ROLES[role] if paid_by == PaidBy.OHCHR else set()
    asked = {"step": may_take_steps, "approve": may_approve, "send": may_send, "decide": may_decide}
    assert {name for name, may in asked.items() if may(user)} == allowed
    for to in LetterState:
        assert bool(may_take(user, to)) == (("send" if to == LetterState.SENT else "step") in allowed)
    if not allowed:
        assert may_take(user, LetterState.DRAFT).reason.endswith(".")


def test_nothing_unsent_counts_as_sent(draft, new_letter):
    assert set(Letter.objects.values_list("state", flat=True)) <= UNSENT
    sent = new_letter()
    assert list(Letter.objects.active()) == [sent]
    assert set(Letter.objects.in_hand()) == {draft, sent}
    assert not Letter.objects.sent_in(today().replace(year=2000), today()).filter(pk=draft.pk).exists()


@pytest.fixture
def joint(texts, ours, torture, taken_up, desk):
    return drafts.begin([taken_up], kind="AL", language="en", norms=[], mandates=[torture], unlocked=desk)


def test_mandates_that_sign_are_ticked(torture, desk, enter):
    """Nobody has to hold a key down to choose several."""
    page = said(enter(desk).get(at("begin")))
    assert f'<input type="checkbox" name="mandates" value="{torture.pk}"' in page


def test_letter_without_a_case_is_begun_to_a_state(texts, egypt, desk, enter):
    given = {"country": egypt.pk, "kind": "OL", "language": "en"}
    assert enter(desk).post(at("begin"), given).status_code == 302
    assert Letter.objects.get().country == egypt


def test_state_that_a_case_keeps_sealed_is_not_chosen_for_it(taken_up, texts, egypt, desk, enter):
    given = {"cases": [taken_up.pk], "country": egypt.pk, "kind": "AL", "language": "en"}
    assert "or keep it sealed. Leave the State empty." in said(enter(desk).post(at("begin"), given))
    assert not Letter.objects.exists()


def test_text_page_leads_to_the_next_stage_once_nothing_is_in_the_way(joint, desk, enter):
    client, letter = enter(desk), f"/admin/communications/letter/{joint.pk}"
    page = said(client.get(at("text", joint.pk)))
    assert f'href="{letter}/clearance/"' in page
    assert "Ask the co-signing mandates" in said(client.get(f"{letter}/clearance/"))
    move(joint, "clearance", by=desk.user, on=today())
    page = said(client.get(at("text", joint.pk)))
    assert f'href="{letter}/approval/"' not in page
    assert "Not every co-signing mandate has cleared it" in page


def test_no_letter_follows_itself(draft, desk, enter):
    page = enter(desk).get(reverse("admin:communications_letter_change", args=[draft.pk]))
    assert draft not in page.context["adminform"].form.fields["follows_up"].queryset


def test_our_own_clearance_is_not_waited_for(joint, desk, enter):
    page = said(enter(desk).get(reverse("admin:communications_letter_change", args=[joint.pk])))
    assert page.count("<p>this mandate</p>") == 1
    assert "<p>Not asked yet</p>" in page
