"""The pages of strategies, press, posts, channels and images as staff meet them."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dissemination.models import Channel, ChannelFigure, Post, PressItem
from dissemination.posts.loading import load_channels
from dissemination.tables import MAX_ROWS
from iesogi.programme.source import read_programme
from iesogi.reference.loading import loading

pytestmark = pytest.mark.django_db

LISTS = [
    "strategy", "activity", "strategytemplate", "pressitem", "post", "postversion", "channel", "channelday",
    "channelfigure", "picture", "booklet",
]  # fmt: skip


def address(model, page=""):
    return f"/admin/dissemination/{model}/{page}"


def post_form(**given):
    form = {"title": "The report is out", "form": "text", "versions-TOTAL_FORMS": "1", "versions-INITIAL_FORMS": "0"}
    version = {"network": "twitter", "language": "Spanish", "text": "Lea el informe."}
    return form | {f"versions-0-{name}": value for name, value in version.items()} | given


@pytest.mark.parametrize("model", LISTS)
@pytest.mark.parametrize("reader", ["officer", "manager", "consultant"])
def test_lists_open_for_whoever_reads(model, reader, request, as_user):
    assert as_user(request.getfixturevalue(reader)).get(address(model)).status_code == 200


@pytest.mark.parametrize("model", LISTS)
def test_lists_are_closed_to_research_assistants(model, assistant, as_user):
    assert as_user(assistant).get(address(model)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_posts_asks_as_often_for_many_rows(rows, new_post, desk):
    for number in range(rows):
        new_post(title=f"Post {number}")
    desk.get(address("post"))
    with CaptureQueriesContext(connection) as queries:
        desk.get(address("post"))
    assert len(queries) == 13


@pytest.mark.parametrize("rows", [1, 3])
def test_calendar_asks_as_often_for_many_rows(rows, new_post, desk):
    for number in range(rows):
        new_post(title=f"Post {number}", planned_at=datetime(2021, 5, 17 + number, 8, tzinfo=UTC))
    desk.get(address("post", "calendar/?month=2021-05"))
    with CaptureQueriesContext(connection) as queries:
        response = desk.get(address("post", "calendar/?month=2021-05"))
    assert [day.day for day, posts in response.context["days"]] == [17, 18, 19][:rows]
    assert len(queries) == 8


@pytest.mark.parametrize("month", ["", "2021-13", "x", "9999-99"])
def test_calendar_of_no_month_shows_this_one(month, desk):
    assert desk.get(address("post", f"calendar/?month={month}")).status_code == 200


def test_post_is_saved_with_its_version_and_author(desk, officer):
    response = desk.post(address("post", "add/"), post_form())
    assert response.status_code == 302
    post = Post.objects.get()
    assert (post.author, post.state, post.versions.get().language) == (officer, "draft", "es")


def test_counting_saves_nothing_and_keeps_what_was_typed(desk):
    text = "x" * 281
    page = desk.post(address("post", "add/"), post_form(**{"versions-0-text": text, "_count": "1"}))
    said = page.content.decode()
    assert "Twitter/X: 281 of 280 signs." in said
    assert text in said
    assert not Post.objects.exists()


def test_text_over_the_limit_is_refused_with_the_text_kept(desk):
    page = desk.post(address("post", "add/"), post_form(**{"versions-0-text": "x" * 300}))
    assert "Take out at least 20." in page.content.decode()
    assert "x" * 300 in page.content.decode()
    assert not Post.objects.exists()


def test_post_that_waits_cannot_be_written_over(desk, new_post):
    post = new_post()
    assert desk.post(address("post", f"{post.pk}/submit/")).status_code == 302
    assert desk.post(address("post", f"{post.pk}/change/"), post_form(title="Other")).status_code == 403
    assert desk.post(address("post", f"{post.pk}/approve/")).status_code == 403


def test_post_is_approved_by_another_and_marked_with_its_address(new_post, officer, holder, as_user):
    post = new_post()
    as_user(officer).post(address("post", f"{post.pk}/submit/"))
    as_user(holder).post(address("post", f"{post.pk}/approve/"))
    version = post.versions.get()
    client = as_user(officer)
    page = client.get(address("postversion", f"{version.pk}/change/")).content.decode()
    assert "Read the report.</textarea>" in page
    form = {"at": "2021-05-17 09:00", "url": "https://example.org/1"}
    assert client.post(address("postversion", f"{version.pk}/posted/"), form).status_code == 302
    assert Post.objects.get().state == "out"


def test_release_is_written_in_languages(desk):
    form = {"title": "Out", "kind": "press_release", "texts-TOTAL_FORMS": "2", "texts-INITIAL_FORMS": "0"}
    for number, language in enumerate(["en", "French"]):
        form |= {f"texts-{number}-language": language, f"texts-{number}-title": "Out", f"texts-{number}-body": "Text."}
    assert desk.post(address("pressitem", "add/"), form).status_code == 302
    assert [text.language for text in PressItem.objects.get().texts.all()] == ["en", "fr"]


@pytest.mark.demand("WP-40-2", "WP-40-3", "WP-40-4", "WP-40-5")
def test_channels_stand_beside_what_was_printed(desk):
    data = read_programme()
    for _time in range(2):
        with loading("test") as loader:
            load_channels(loader, data["mandate"]["contacts"], data["channels"])
    assert Channel.objects.count() == 4
    printed = {figure.code: figure.as_printed for figure in ChannelFigure.objects.all()}
    assert printed["total"] == "over 15,000"
    assert printed["facebook-followers"] == printed["twitter-followers"] == "over 6,000"
    assert printed["instagram-growth-percent"] == "140 %"
    assert printed["linkedin-followers"] == ""
    assert printed["audience-gap"] == "MENA: TUN"
    channel = Channel.objects.get(network="instagram")
    channel.days.create(on="2020-01-01", followers=1000)
    channel.days.create(on="2021-01-01", followers=2400).audience.create(trait="age", group="25-34", people=900)
    page = desk.get(address("channel", f"{channel.pk}/change/")).content.decode()
    assert "140.0 %, computed" in page
    assert page.count('class="chart"') == 2


def test_import_looks_first_and_imports_by_a_second_press(desk):
    text = "title,kind,held_on,online\nA talk,launch,2020-03-04,yes\n"
    page = desk.post(address("engagement", "import/"), {"text": text, "check": ""})
    assert page.context["outcome"].made == 1
    assert "A talk,launch" in page.content.decode()
    response = desk.post(address("engagement", "import/"), {"text": text, "import": ""}, follow=True)
    assert "1 row is imported." in response.content.decode()


@pytest.mark.parametrize("text", ["", "x", f"title,kind,held_on\n{'a,b,c' * MAX_ROWS}", "title,kind,held_on\n,,\n"])
def test_import_of_nonsense_is_a_sentence(text, desk):
    page = desk.post(address("engagement", "import/"), {"text": text, "import": ""})
    assert page.status_code == 200
    assert "errornote" in page.content.decode() or page.context["outcome"].errors


def test_import_is_refused_to_whoever_only_reads(manager, as_user):
    assert as_user(manager).get(address("engagement", "import/")).status_code == 403


def test_quick_form_asks_little_and_goes_on(desk):
    page = desk.get(address("engagement", "add/?quick=1")).content.decode()
    assert 'name="perspectives"' not in page
    form = {"title": "A talk", "kind": "general", "held_on": "2021-03-01", "online": "on", "_addanother": "1"}
    response = desk.post(address("engagement", "add/?quick=1"), form)
    assert response["Location"].endswith("/add/?quick=1")


def test_channel_takes_languages_by_name(desk):
    form = {"network": "facebook", "handle": "IESOGI", "languages": "Spanish, en"}
    assert desk.post(address("channel", "add/"), form).status_code == 302
    assert Channel.objects.get().languages == ["es", "en"]
