"""What a cleaned copy no longer says, what still is in it, and what cannot be cleaned at all."""

import io
import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from importlib import import_module
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from PIL import Image

from iesogi.vault import cleaning
from iesogi.vault.enums import FileNote, Reason
from tests.vault import evidence
from tests.vault.evidence import SECRET, WITH_SECRETS

LONG = int(os.environ.get("LONG_EXAMPLES", "0"))
ANY = settings(deadline=None, database=None, derandomize=not LONG, suppress_health_check=list(HealthCheck))


def cleaned(data, *, seconds=60):
    with cleaning.clean([data], cleaning.Clock(seconds)) as found:
        return found, b"".join(found.pieces)


def everything_in(data):
    """The bytes, and those of all that is packed in them."""
    yield data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from everything_in(archive.read(name))
    if data.startswith(b"%PDF"):
        with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
            for each in pdf.objects:
                yield each.read_raw_bytes() if isinstance(each, pikepdf.Stream) else each.unparse(resolved=True)
                if isinstance(each, pikepdf.Stream) and each.get("/Filter") != "/DCTDecode":
                    yield each.read_bytes()


def is_in(secret, data):
    wide = [secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be")]
    return any(form in piece for piece in everything_in(data) for form in wide)


@pytest.fixture(scope="module")
def copies():
    return {kind: cleaned(make()) for kind, make in WITH_SECRETS.items()}


@pytest.mark.parametrize("kind", WITH_SECRETS)
def test_no_planted_secret_is_in_the_cleaned_copy(copies, kind):
    found, data = copies[kind]
    assert is_in(SECRET, WITH_SECRETS[kind]())
    assert (found.kind, found.reason) == (kind, None)
    assert not is_in(SECRET, data)


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp"])
def test_picture_looks_as_the_camera_meant_it(copies, kind):
    """It said “turned by a quarter”: what was left is on top now."""
    picture = Image.open(io.BytesIO(copies[kind][1])).convert("RGB")
    assert picture.size == (48, 64)
    assert picture.getpixel((24, 5))[0] < 60 < 200 < picture.getpixel((24, 60))[0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_picture_of_any_mode_is_rebuilt(mode):
    out = io.BytesIO()
    Image.new("L", (5, 4), 128).convert("I" if mode == "I;16" else mode).convert(mode).save(out, "PNG")
    found, data = cleaned(out.getvalue())
    assert found.reason is None
    assert Image.open(io.BytesIO(data)).size == (5, 4)


def test_picture_of_several_frames_says_that_one_was_kept():
    out = io.BytesIO()
    frames = [Image.new("RGB", (5, 4), color) for color in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert cleaned(out.getvalue())[0].notes == {"frames": 1}


def test_large_photograph_is_made_smaller_within_the_memory():
    out = io.BytesIO()
    Image.new("RGB", (8000, 6000), "gray").save(out, "JPEG")
    found, data = cleaned(out.getvalue())
    assert (found.reason, found.notes) == (None, {"smaller": 1})
    assert Image.open(io.BytesIO(data)).size == (4000, 3000)


def test_pdf_still_shows_its_text_and_picture(copies):
    [page] = pypdf.PdfReader(io.BytesIO(copies["pdf"][1])).pages
    assert page.extract_text().strip() == "Hello"
    with pikepdf.Pdf.open(io.BytesIO(copies["pdf"][1])) as pdf:
        image = Image.open(io.BytesIO(pdf.pages[0].Resources.XObject.F.read_raw_bytes()))
        assert image.size == (64, 48)  # as it lies there: the page turns it, EXIF never did
        assert set(pdf.Root.keys()) == {"/Type", "/Pages"}
        assert set(pdf.trailer.keys()) <= {"/Root", "/Size", "/ID"}


def test_pdf_says_what_was_left_out(copies):
    assert copies["pdf"][0].notes == {"attachments": 1, "comments": 1}


def marked(word):
    """The word stands in a mark, in its tag, and in a remark; Hello is what is drawn."""
    begin = f"/Canary{word} <</ActualText (Canary{word}) /Alt (Canary{word})>> BDC"
    point = f"/Canary{word} MP /P <</E (Canary{word})>> DP"
    return f"% Canary{word}\n{begin} {point} BT /A 9 Tf 9 9 Td (Hello) Tj ET EMC"


def test_pdf_keeps_no_other_words_for_what_it_draws():
    """A reader of screens, and whoever copies the text, would get the name behind the box."""
    made = pikepdf.Pdf.new()
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    form, pattern, letter = (made.make_stream(marked(word).encode()) for word in ("Form", "Pattern", "Letter"))
    for drawing in (form, pattern):
        drawing.Resources, drawing.BBox = Dictionary(Font=Dictionary(A=helvetica)), Array([0, 0, 90, 90])
    form.Type, form.Subtype, pattern.PatternType = Name.XObject, Name.Form, 1
    by_hand = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=letter), FontBBox=[0, 0, 9, 9])
    page = made.add_blank_page(page_size=(300, 200))
    fonts = Dictionary(A=helvetica, B=made.make_indirect(by_hand))
    page.Resources = Dictionary(Font=fonts, XObject=Dictionary(X=form), Pattern=Dictionary(P=pattern))
    page.Contents = made.make_stream(f"{marked('Page')} /X Do".encode())
    out = io.BytesIO()
    made.save(out)
    found, data = cleaned(out.getvalue())
    assert found.reason is None
    assert [word for word in ("Page", "Form", "Pattern", "Letter") if is_in(f"Canary{word}", data)] == []
    assert pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text().split() == ["Hello", "Hello"]


def test_page_that_inherits_its_size_and_fonts_keeps_them():
    source = pikepdf.Pdf.open(io.BytesIO(evidence.pdf()))
    page, pages = source.pages[0].obj, source.Root.Pages
    for key in ("/MediaBox", "/Resources"):
        pages[key] = page[key]
        del page[key]
    out = io.BytesIO()
    source.save(out)
    [found] = pypdf.PdfReader(io.BytesIO(cleaned(out.getvalue())[1])).pages
    assert (found.mediabox.width, found.extract_text().strip()) == (300, "Hello")


def filled_form():
    with pikepdf.Pdf.open(io.BytesIO(evidence.pdf())) as pdf:
        field = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx, T="place", V="at the bridge",
            DA="/A 12 Tf 0 g", Rect=[20, 100, 200, 120], F=4,
        )  # fmt: skip
        field = pdf.make_indirect(field)
        pdf.pages[0].Annots = pikepdf.Array([field])
        fonts = pdf.pages[0].Resources.Font
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[field], DR=pikepdf.Dictionary(Font=fonts), NeedAppearances=True)
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


def test_what_a_form_was_filled_with_stays_on_the_page():
    found, data = cleaned(filled_form())
    assert found.reason is None
    assert "at the bridge" in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_document_keeps_its_story_and_says_what_may_still_name_people(copies):
    found, data = copies["docx"]
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert b"the story" in archive.read("word/document.xml")
    assert {code for code, count in found.notes.items() if count} == {
        "changes", "comments", "macros", "embedded", "pictures-left-out",
    }  # fmt: skip
    assert set(archive.namelist()) == {
        "[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/_rels/document.xml.rels", "word/comments.xml",
        "word/settings.xml", "word/_rels/settings.xml.rels", "word/media/image1.jpeg", "word/media/image2.emf",
    }  # fmt: skip
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_document_refers_to_nothing_that_went(copies):
    archive = zipfile.ZipFile(io.BytesIO(copies["docx"][1]))
    relations = archive.read("word/_rels/document.xml.rels").decode()
    assert [relations.count(f'Id="r{number}"') for number in range(1, 8)] == [1, 1, 0, 0, 0, 1, 1]
    document = archive.read("word/document.xml")
    assert b"OLEObject" not in document
    assert b'r:id="r6"' in document
    assert b"people.xml" not in archive.read("[Content_Types].xml")


def test_spreadsheet_keeps_comments_without_their_authors(copies):
    archive = zipfile.ZipFile(io.BytesIO(copies["xlsx"][1]))
    assert b"mind the door" in archive.read("xl/comments1.xml")
    assert "xl/connections.xml" not in archive.namelist()


def test_open_document_begins_with_its_type_and_keeps_its_story(copies):
    found, data = copies["odt"]
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.namelist() == ["mimetype", "content.xml", "Pictures/one.jpg", "META-INF/manifest.xml"]
    assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert b"the story" in archive.read("content.xml")
    assert b"meta.xml" not in archive.read("META-INF/manifest.xml")
    assert (found.notes["changes"], found.notes["comments"], found.notes["macros"]) == (1, 1, 1)


def test_plain_text_is_kept_as_it_is():
    text = "They came at night.\r\nمساءً".encode()
    found, data = cleaned(text)
    assert (found.kind, data) == ("text", text)


def encrypted_pdf():
    return evidence.pdf(encryption=pikepdf.Encryption(user="a", owner="b"))


def encrypted_odt():
    crypt = '<m:manifest xmlns:m="urn:m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    return evidence.odt(**{"META-INF/manifest.xml": crypt})


REFUSED = {
    "half a picture": (lambda: evidence.picture(size=(400, 300))[:2000], Reason.DAMAGED),
    "half a pdf": (lambda: b"%PDF-1.7\n" + bytes(500), Reason.DAMAGED),
    "half a docx": (lambda: evidence.docx()[:-300], Reason.DAMAGED),
    "encrypted pdf": (encrypted_pdf, Reason.ENCRYPTED),
    "encrypted odt": (encrypted_odt, Reason.ENCRYPTED),
    "encrypted docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Reason.OLD_OFFICE),
    "picture bomb": (evidence.png_bomb, Reason.TOO_LARGE),
    "zip bomb": (evidence.zip_bomb, Reason.TOO_LARGE),
    "entities": (evidence.entities, Reason.DAMAGED),
    "archive": (lambda: evidence.archive({"a.txt": "x"}), Reason.ARCHIVE),
    "video": (lambda: b"\0\0\0\x18ftypmp42" + bytes(200), Reason.MEDIA),
    "sound": (lambda: b"RIFF\0\0\0\0WAVEfmt " + bytes(200), Reason.MEDIA),
    "heic": (lambda: b"\0\0\0\x18ftypheic" + bytes(200), Reason.HEIC),
    "a page of the web": (lambda: b"  <html><script>alert(1)</script>", Reason.UNKNOWN),
    "a program": (lambda: b"MZ\x90\0" + bytes(200), Reason.UNKNOWN),
    "another picture": (lambda: b"GIF89a\x01\0\x01\0\0\0\0;", Reason.UNKNOWN),
    "a pdf that calls itself a picture": (lambda: b"\xff\xd8\xff" + evidence.pdf(), Reason.DAMAGED),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_cleaned_says_why_and_quickly(name):
    make, reason = REFUSED[name]
    data = make()
    started = time.monotonic()
    found, copy = cleaned(data)
    assert (found.reason, copy) == (reason, b"")
    assert time.monotonic() - started < 10


def test_every_reason_and_note_has_a_sentence():
    assert all(str(each.label).endswith(".") for each in [*Reason, *FileNote])


# --- The process ----------------------------------------------------------------------------------


@pytest.fixture
def child(tmp_path, monkeypatch):
    """A stand-in for the program, given as source; the process around it is the real one."""

    def put(source):
        (tmp_path / "__main__.py").write_text(source)
        monkeypatch.setattr(cleaning, "CHILD", tmp_path)

    return put


def test_child_that_takes_too_long_is_ended(child):
    child("import time; time.sleep(60)")
    started = time.monotonic()
    found, _data = cleaned(b"x" * 300_000, seconds=0.3)
    assert found.reason == Reason.TIME
    assert time.monotonic() - started < 5


def test_child_that_falls_half_way_gives_no_copy(child):
    child('import os\nprint(\'{"kind": "jpeg", "notes": {}}\', flush=True)\nprint("half", flush=True)\nos._exit(1)')
    with cleaning.clean([b"x"], cleaning.Clock(60)) as found, pytest.raises(cleaning.NotCleaned):
        list(found.pieces)


def test_child_has_an_empty_environment(child, monkeypatch):
    monkeypatch.setenv("INTAKE_SECRET", "to be kept")
    child("import os, json\nprint(json.dumps({'kind': ','.join(os.environ), 'notes': {}}))")
    assert "INTAKE_SECRET" not in cleaned(b"x")[0].kind


LIMITED = """
import runpy, signal, sys
sys.path.insert(0, sys.argv[1].rpartition("/")[0])  # the program stands beside its modules
runpy.run_path(sys.argv[1])["limit"]()
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
def write():
    with open(sys.argv[2], "w") as file:
        file.write("x")
for act in (lambda: bytearray(600 * 1024**2), write):
    try:
        act()
    except (MemoryError, OSError) as error:
        print(type(error).__name__)
"""


def test_child_may_neither_write_nor_take_more_memory(tmp_path):
    """The limits are set before the first byte is read."""
    program = cleaning.CHILD / "__main__.py"
    assert program.read_text().index("    walls.build()\n    limit()\n") < program.read_text().index(
        "    respond(sys.stdin"
    )
    command = [sys.executable, "-I", "-c", LIMITED, str(program), str(tmp_path / "x")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["MemoryError", "OSError"]


WALLED = """
import socket, sys
sys.path.insert(0, sys.argv[1])
import walls
print(walls.build())
def connect():
    with socket.socket() as outside:
        outside.connect(("127.0.0.1", int(sys.argv[3])))
for act in (
    lambda: open(sys.argv[2]),
    lambda: open(sys.argv[2] + "2", "w"),
    lambda: open(f"/proc/{sys.argv[4]}/environ"),
    connect,
):
    try:
        act()
        print("done")
    except OSError as error:
        print("refused")
"""


def test_child_reaches_no_file_no_process_and_no_network(tmp_path):
    """A hole in a library that decodes pictures would otherwise be a hole into the keys of the web process."""
    (tmp_path / "x").write_text("the database")
    with socket.create_server(("127.0.0.1", 0)) as outside:
        port = str(outside.getsockname()[1])
        command = [
            sys.executable,
            "-I",
            "-c",
            WALLED,
            str(cleaning.CHILD),
            str(tmp_path / "x"),
            port,
            str(os.getpid()),
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    if said[0] == "False":
        pytest.skip("This kernel has no Landlock; the limits alone hold.")
    assert said[1:] == ["refused"] * 4


def children():
    """Of this process, the cleaning ones; a browser test may have started a portal as well."""
    found = [pid for tasks in Path("/proc/self/task").glob("*/children") for pid in tasks.read_text().split()]
    commands = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in found if Path(f"/proc/{pid}").exists()}
    return [pid for pid, command in commands.items() if str(cleaning.CHILD).encode() in command or not command]


def test_no_child_is_left_behind():
    before = children()
    with cleaning.clean([evidence.picture()], cleaning.Clock(60)) as _found:
        assert len(children()) == len(before) + 1
    assert children() == before  # though nobody read the copy


def test_pictures_are_read_in_few_formats_only():
    pictures = in_process("pictures")
    assert pictures.FORMAT == {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
    assert set(pictures.INSIDE_PDF.values()) == {"JPEG", "JPEG2000"}
    sources = "".join(path.read_text() for path in cleaning.CHILD.glob("*.py"))
    assert sources.count("Image.open(") == sources.count("formats=[") == 2


# --- Anything at all ------------------------------------------------------------------------------


def in_process(name):
    if str(cleaning.CHILD) not in sys.path:
        sys.path.append(str(cleaning.CHILD))
    return import_module(name)


@pytest.fixture(scope="module")
def respond():
    in_process("kinds")
    spec = import_module("importlib.util").spec_from_file_location("clean_child", cleaning.CHILD / "__main__.py")
    module = import_module("importlib.util").module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.respond


@st.composite
def harmed(draw, data):
    """A true file with pieces changed, cut out or doubled."""
    data = bytearray(data)
    for _each in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 200))
        data[start : start + length] = draw(st.one_of(st.binary(max_size=200), st.just(bytes(data[:length]))))
    return bytes(data)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", WITH_SECRETS)
def test_harmed_file_is_cleaned_or_refused_and_never_an_error(respond, kind):
    whole = WITH_SECRETS[kind]()

    @given(harmed(whole))
    @settings(
        max_examples=LONG or 25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=not LONG,
    )
    def holds(data):
        out = io.BytesIO()
        respond(io.BytesIO(data), out)
        header, _newline, copy = out.getvalue().partition(b"\n")
        said = json.loads(header)
        assert ("reason" in said and Reason(said["reason"]) and not copy) or set(said["notes"]) <= set(FileNote.values)

    holds()


@given(st.binary(max_size=3000))
@settings(
    max_examples=LONG or 50,
    deadline=None,
    derandomize=not LONG,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_bytes_are_text_or_refused(respond, data):
    out = io.BytesIO()
    respond(io.BytesIO(data), out)
    header, _newline, copy = out.getvalue().partition(b"\n")
    assert copy in {b"", data}
    assert json.loads(header)["kind"] in {"text", "unknown", "media"} or "reason" in json.loads(header)
