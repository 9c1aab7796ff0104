"""Uploads on every page: sealed while they arrive, within limits that name the file, and gone afterwards."""

import io
import os
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.storage import default_storage
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from iesogi.vault.uploads import SealedUploadHandler
from tests.site.markup import page_of
from tests.vault.uploading import BOUNDARY, body, parse, part, upload

LONG = int(os.environ.get("LONG_EXAMPLES", "0"))
ANY = hypothesis_settings(
    deadline=None,
    database=None,
    derandomize=not LONG,
    suppress_health_check=list(HealthCheck),
    max_examples=LONG or 60,
)
STEPS = st.lists(st.tuples(st.integers(0, 250_000), st.integers(-1, 90_000)))
CANARY = b"a sentence nobody may find"


def open_files(folder):
    """Files of this process in a folder, those without a name as well."""
    return [each for each in Path("/proc/self/fd").iterdir() if os.path.realpath(each).startswith(f"{folder}/")]


@pytest.fixture
def folder(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    return tmp_path


# --- Sealed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 1000, 65_536, 2_500_000, 6_000_000])
def test_upload_comes_out_as_it_went_in_however_large(size):
    data = os.urandom(size)
    file = upload(data)
    assert (file.size, file.problem) == (size, None)
    assert b"".join(file.chunks()) == data
    assert b"".join(file.chunks()) == data  # the scanner, the cleaner and the storage each read it


@pytest.mark.parametrize("size", [1000, 6_000_000])
def test_disk_holds_only_ciphertext_and_no_name(folder, size):
    file = upload((CANARY * size)[:size])
    assert list(folder.iterdir()) == []
    [found] = open_files(folder)
    on_disk = found.read_bytes()
    assert len(on_disk) >= size
    assert CANARY[:8] not in on_disk
    file.close()
    assert open_files(folder) == []


@given(data=st.binary(min_size=1, max_size=200_000), steps=STEPS)
@ANY
def test_sealed_upload_reads_like_any_file(data, steps):
    file, plain = upload(data), io.BytesIO(data)
    for place, size in steps:
        assert file.seek(place) == plain.seek(place)
        assert file.read(size) == plain.read(size)
        assert file.tell() in {plain.tell(), max(place, len(data))}
    file.close()


def test_seek_counts_from_start_end_and_here():
    file = upload(b"0123456789")
    assert (file.seek(-3, io.SEEK_END), file.read()) == (7, b"789")
    assert (file.seek(2), file.seek(1, io.SEEK_CUR), file.read(2)) == (2, 3, b"34")
    with pytest.raises(ValueError, match="before the start"):
        file.seek(-1)


def test_form_of_staff_takes_a_sealed_upload_and_stores_it():
    class Form(forms.Form):
        file = forms.FileField()

    form = Form({}, {"file": upload(b"a,b\r\n1,2", "rows.csv")})
    assert form.is_valid()
    name = default_storage.save("rows.csv", form.cleaned_data["file"])
    with default_storage.open(name) as stored:
        assert stored.read() == b"a,b\r\n1,2"
    default_storage.delete(name)
    form.cleaned_data["file"].seek(0)
    assert list(io.TextIOWrapper(form.cleaned_data["file"].file)) == ["a,b\n", "1,2"]


# --- Limits ---------------------------------------------------------------------------------------


@pytest.fixture
def small(settings):
    settings.UPLOAD_FILE_BYTES, settings.UPLOAD_FILES, settings.UPLOAD_TOTAL_BYTES = 100, 3, 250


def sent(*sizes):
    files = [part("files", bytes(size), f"{number}.jpg") for number, size in enumerate(sizes, 1)]
    return parse(body(part("story", b"before"), *files, part("consent", b"after")))


def problems(files):
    return [bool(file.problem) for file in files.getlist("files")]


def test_too_large_file_is_named_and_the_fields_after_it_arrive(small):
    fields, files = sent(100, 101, 50)
    assert fields.dict() == {"story": "before", "consent": "after"}
    assert problems(files) == [False, True, False]
    said = files.getlist("files")[1]
    assert said.problem.replace("\xa0", " ") == (
        "“2.jpg” is larger than 100 bytes. Choose a smaller file, or send it in parts."
    )
    assert (said.size, said.read()) == (101, b"")


def test_one_file_too_many_is_named(small):
    _fields, files = sent(1, 1, 1, 1)
    assert problems(files) == [False, False, False, True]
    assert "“4.jpg” is one file too many: 3 can be sent" in files.getlist("files")[3].problem


def test_too_much_together_is_named_and_a_smaller_one_still_fits(small):
    _fields, files = sent(100, 100, 51)
    assert problems(files) == [False, False, True]
    assert "With “3.jpg”, the files are larger than" in files.getlist("files")[2].problem
    assert problems(sent(100, 101, 100)[1]) == [False, True, False]


def test_empty_file_is_named():
    assert "“a.jpg” is empty" in upload(b"", "a.jpg").problem


def test_file_that_is_refused_leaves_the_disk_at_once(small, folder):
    _fields, _files = sent(101, 101)
    assert open_files(folder) == []


def test_body_far_beyond_the_limit_is_not_read(settings):
    with pytest.raises(RequestDataTooBig):
        SealedUploadHandler().handle_raw_input(
            None, {}, 2 * settings.UPLOAD_TOTAL_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1, b""
        )


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ab.jpg", "ab.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("../../etc/passwd", "passwd"),
        ("C:\\\\photos\\\\one.jpg", "one.jpg"),
        ("صورة.jpg", "صورة.jpg"),
        ("x" * 300 + ".jpg", "x" * 251 + ".jpg"),
    ],
)
def test_name_is_kept_without_paths_and_controls(name, kept):
    assert upload(b"1", name).name == kept


# --- Pages ----------------------------------------------------------------------------------------

TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def post(client, data, language=""):
    return client.generic("POST", language + reverse("account_login"), data, TYPE)


@pytest.mark.parametrize(
    "data",
    [
        body(part("login", b"x" * 2_200_000)),
        body(*(part(f"field{number}", b"") for number in range(1100))),
        body(*(part("files", b"1", f"{number}.txt") for number in range(101))),
    ],
    ids=["text", "fields", "files"],
)
def test_more_than_any_form_asks_for_gets_a_page_of_its_own(client, db, data):
    answer = post(client, data)
    assert answer.status_code == 413
    assert page_of(answer).headings == ["h1"]
    assert "Nothing was sent" in answer.content.decode()
    assert "10 files, 50 MB each and 200 MB together" in answer.content.decode()


@pytest.mark.parametrize("debug", [False, True])
def test_page_is_the_same_while_developing(client, db, settings, debug):
    settings.DEBUG = debug
    assert post(client, body(part("login", b"x" * 2_200_000))).status_code == 413


def test_body_that_cannot_be_taken_apart_gets_a_page_of_its_own(client, db):
    whole = body(part("files", b"!", "a.txt"))
    answer = post(client, whole.replace(b"\r\n\r\n!", b"\r\nContent-Transfer-Encoding: base64\r\n\r\nabcde==="))
    assert answer.status_code == 400
    assert "It did not arrive whole" in answer.content.decode()


class Broken(io.BytesIO):
    """A connection that breaks off after so many bytes."""

    def read(self, size=-1):
        data = super().read(size)
        if not data:
            raise ConnectionResetError("gone")
        return data


@pytest.mark.parametrize("keep", [30, 200, 100_000, 4_000_000])
def test_upload_that_breaks_off_is_answered_and_leaves_nothing(client, db, folder, keep):
    whole = body(part("story", b"before"), part("files", os.urandom(6_000_000), "a.bin"))
    extra = {"wsgi.input": Broken(whole[:keep]), "CONTENT_LENGTH": str(len(whole))}
    answer = client.post(reverse("account_login"), content_type=TYPE, **extra)
    assert answer.status_code == 400
    assert "the connection broke off" in answer.content.decode()
    assert open_files(folder) == []


ALLOWED = (MultiPartParserError, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
TEXT = st.text(max_size=20).map(lambda text: text.replace('"', "").encode("utf-8", "surrogatepass"))
PART = st.builds(
    part,
    st.text(max_size=10),
    st.binary(max_size=300),
    st.one_of(st.none(), st.text(max_size=30)),
    st.sampled_from(["image/jpeg", "text/plain; charset=x", "", "\x00", "application/x" * 50]),
)


@st.composite
def multipart(draw):
    """Parts in any number, then harmed: cut, changed or doubled."""
    data = bytearray(body(*draw(st.lists(PART, max_size=6))))
    for _each in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(data)))
        data[start : start + draw(st.integers(0, 60))] = draw(st.one_of(st.binary(max_size=60), st.just(b"\r\n")))
    return bytes(data[: draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))])


@given(data=multipart())
@ANY
def test_any_multipart_body_is_parsed_or_refused_and_leaves_no_file(folder, data):
    try:
        _fields, files = parse(data)
    except ALLOWED:
        files = None
    for _name, group in files.lists() if files else []:
        for file in group:
            assert file.problem or len(file.read()) == file.size
            file.close()
    assert open_files(folder) == []


@given(data=multipart())
@hypothesis_settings(ANY, max_examples=LONG or 25)
def test_any_multipart_body_is_answered_without_an_error_of_ours(client, db, data):
    """By the page that takes reports, which is closed (503) as long as there is no key to seal to."""
    assert client.generic("POST", reverse("intake:submit"), data, TYPE).status_code in {200, 400, 413, 503}


def test_request_that_ends_closes_its_uploads(folder, rf):
    request = rf.generic("POST", "/", body(part("files", b"1", "a.bin")), TYPE)
    assert len(request.FILES) == len(open_files(folder)) == 1
    request.close()
    assert open_files(folder) == []
