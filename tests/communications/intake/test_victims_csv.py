"""Tables as spreadsheets of several countries write them; a wrong row is named, and then none is taken."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from communications.intake import victims_csv
from communications.intake.victims_csv import MOST_PEOPLE, columns, read, template
from tests.communications.intake.conftest import case, opened

EXAMPLES = int(os.environ.get("PROPERTY_EXAMPLES", "60"))


def table(text, encoding="utf-8"):
    return read("people.csv", [text.encode(encoding)])


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_table_of_any_spreadsheet_is_understood(separator, encoding, end):
    lines = [["name", "gender", "letter"], ["José Núñez", "man", "yes"], ["Zoë", "", "no"]]
    found = table(end.join(separator.join(line) for line in lines) + end, encoding)
    assert found.faults == []
    assert [(row["name"], row["gender"], row["letter"]) for row in found.rows] == [
        ("José Núñez", "man", "yes"),
        ("Zoë", "", "no"),
    ]


def test_table_in_the_arabic_encoding_of_spreadsheets_is_understood():
    with translation.override("ar"):
        assert table("name,letter\nليلى,yes\n", "cp1256").rows[0]["name"] == "ليلى"


def test_headings_and_answers_are_understood_in_words_and_in_any_case():
    found = table("FULL NAME,Gender,factors\nAda,TRANS  WOMAN,race / disability\n")
    assert found.faults == []
    assert (found.rows[0]["gender"], found.rows[0]["factors"]) == ("trans_woman", ["race", "disability"])


@pytest.mark.parametrize("language", ["en", "fr", "es", "ar"])
def test_template_is_a_table_without_rows(language):
    with translation.override(language):
        found = table(template())
        assert [fault.text for fault in found.faults] == [victims_csv._("The table has headings and no rows.")]


def test_every_column_takes_its_every_answer():
    for name, field in columns().items():
        for code, label in getattr(field, "choices", [("text", "text")]):
            if code:
                assert table(f"name,{name}\n".replace("name,name", "birth,name") + f'x,"{label}"\n').faults == [], (
                    label
                )


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("name,shoe\nAda,3\n", 1, "no column “\u2068shoe\u2069”"),
        ("name,name\nAda,Ada\n", 1, "there twice"),
        ("\nAda\n", 1, "no headings"),
        ("", 1, "no headings"),
        ("name,letter\nAda,yes\nBo,perhaps\n", 3, "“\u2068perhaps\u2069” is not one of the answers"),
        ("name\n" + "x" * 301 + "\n", 2, "301 characters"),
        ("name,letter\nAda,yes,more\n", 2, "more cells"),
        ("name\n\n \n", 0, "no rows"),
        ('name\n"' + "x" * 140_000 + "\n", 0, "breaks off"),
    ],
)
def test_wrong_row_is_named_and_nothing_taken(text, line, why):
    found = table(text)
    assert found.rows == []
    assert found.faults[0].line == line
    assert why in found.faults[0].text


def test_sign_that_turns_a_text_turns_no_sentence_of_ours():
    found = table("name,letter\nAda,\u202eyes\u2066\n")
    assert found.faults[0].text.endswith("“\u2068yes\u2069” is not one of the answers of this column.")


@pytest.mark.parametrize(("count", "fits"), [(MOST_PEOPLE, True), (MOST_PEOPLE + 1, False)])
def test_two_thousand_people_fit(count, fits):
    found = table("name,letter\n" + "".join(f"Person {number},yes\n" for number in range(count)))
    assert len(found.rows) == (count if fits else 0)
    assert bool(found.faults) is not fits


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\xff\xfe\x00", b"name\nA\x00B\n", b"name\n\x81\x8d\n"])
def test_file_that_is_no_table_is_refused_by_name(data):
    found = read("people.xlsx", [data])
    assert found.rows == []
    assert "people.xlsx" in found.faults[0].text


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.binary(max_size=400))
def test_any_file_ends_in_rows_or_in_sentences(data):
    found = read("x.csv", [data])
    assert bool(found.rows) != bool(found.faults)


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=30).filter(
            lambda text: text.strip() and "\r" not in text
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(",;\t"),
)
def test_any_name_comes_back_as_it_was(names, separator):
    lines = [separator.join(["birth", "name"])] + [
        separator.join(["x", '"' + name.replace('"', '""') + '"']) for name in names
    ]
    assert [row["name"] for row in table("\n".join(lines)).rows] == [name.strip() for name in names]


# --- In the form ---


@pytest.mark.django_db
def test_table_is_tried_taken_and_sent(story, amal, custodian):
    story.fill("matter", matter="group").to("victims")
    story.press("stay", files={"table": SimpleUploadedFile("t.csv", b"name,letter\nAda,yes\nBo,perhaps\n")})
    assert "Line 3:" in story.problems
    story.press("stay", files={"table": SimpleUploadedFile("t.csv", b"name,letter\nAda,yes\nBo,yes\n")})
    assert "The table has 2 people." in story.text
    assert "Ada" not in story.response.content.decode()
    story.send()
    report = opened(amal, case().content_id)["report"][0]
    assert [each["code"] for each in report["victims"]] == ["A", "B"]
    assert "Ada" not in str(report)
    assert [each["name"] for each in opened(custodian, case().identity_id)["people"]] == ["Ada", "Bo"]
    assert case().agrees_to_letter


@pytest.mark.django_db
def test_table_is_taken_out_again(story):
    story.to("victims")
    story.press("next", files={"table": SimpleUploadedFile("t.csv", b"name,letter\nAda,yes\n")})
    assert story.step == "victims"
    story.press("no-table").press("review")
    assert "The table has" not in story.text


@pytest.mark.django_db
def test_two_thousand_people_travel_and_arrive(story, custodian):
    rows = "".join(f"Person Number{number} of Town{number * 7919 % 2000},yes\n" for number in range(MOST_PEOPLE))
    story.to("victims")
    story.press("stay", files={"table": SimpleUploadedFile("t.csv", ("name,letter\n" + rows).encode())})
    story.send()
    assert story.number
    assert len(opened(custodian, case().identity_id)["people"]) == MOST_PEOPLE


@pytest.mark.django_db
def test_template_is_offered(client, channels):
    response = client.get("/fr/submit/table.csv")
    assert response["Content-Type"].startswith("text/csv")
    assert ";" in response.content.decode()
