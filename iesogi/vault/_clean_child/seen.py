"""What a person sees of a PDF and what a machine reads of it; or its pages as pictures, in which nothing else is left.

A black box that is drawn over words leaves them in the file, and so do white letters on white. Such letters show on no
picture of the page: where they stand, it has one colour alone.
"""

import io
import json

import pypdfium2 as pdfium
from kinds import Uncleanable
from pikepdf import Dictionary, Name, Pdf, Stream
from pypdfium2 import raw

MOST_PAGES = 100
LOOK, PRINT = 1.5, 150 / 72  # pixels a point: to look for letters; to be read
LONGEST = 2400  # pixels of a side, whatever the size of the page
MARGIN = 2  # pixels around a letter: a dot or a dash fills its own box
ONE_COLOUR = 16  # steps of 256 between the lightest and the darkest


def read(data):
    """JSON: a list with the words of each page, and how many of its letters nobody sees."""
    with _opened(data) as document:
        return json.dumps([_page(page) for page in document]).encode()


def flattened(data):
    """A PDF of pictures."""
    with _opened(data) as document, Pdf.new() as target:
        for page in document:
            _add(target, page)
        out = io.BytesIO()
        target.save(out, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def _opened(data):
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise Uncleanable("damaged") from error
    if len(document) > MOST_PAGES:
        raise Uncleanable("too-large")
    return document


def _picture(page, scale):
    most = LONGEST / max(*page.get_size(), 1)
    return page.render(scale=min(scale, most), may_draw_forms=False).to_pil().convert("RGB")


def _page(page):
    words = page.get_textpage()
    count = words.count_chars()
    text = words.get_text_range() if count else ""
    return {"text": text, "unseen": _unseen(page, words, count) if text.strip() else 0}


def _unseen(page, words, count):
    picture = _picture(page, LOOK)
    letters = (place for place in range(count) if _is_letter(words, place))
    return sum(_is_blank(picture, _box(page, words.get_charbox(place), picture.size)) for place in letters)


def _is_letter(words, place):
    return chr(raw.FPDFText_GetUnicode(words, place)).isalnum() and not raw.FPDFText_IsGenerated(words, place)


def _box(page, corners, size):
    """In pixels, however the page is turned or cut."""
    left, bottom, right, top = corners
    across, down = [], []
    for x, y in ((left, bottom), (right, top)):
        found = raw.c_int(), raw.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, *found)
        across.append(found[0].value)
        down.append(found[1].value)
    return min(across) - MARGIN, min(down) - MARGIN, max(across) + MARGIN + 1, max(down) + MARGIN + 1


def _is_blank(picture, box):
    """Outside of the page, or one colour all over."""
    left, top, right, bottom = box
    cut = max(left, 0), max(top, 0), min(right, picture.width), min(bottom, picture.height)
    if cut[0] >= cut[2] or cut[1] >= cut[3]:
        return True
    return all(most - least < ONE_COLOUR for least, most in picture.crop(cut).getextrema())


def _add(target, page):
    picture, (width, height) = _picture(page, PRINT), page.get_size()
    drawn = io.BytesIO()
    picture.save(drawn, "JPEG", quality=82)
    image = Stream(target, drawn.getvalue())
    image.stream_dict = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=picture.width, Height=picture.height,
        ColorSpace=Name.DeviceRGB, BitsPerComponent=8, Filter=Name.DCTDecode,
    )  # fmt: skip
    fresh = target.add_blank_page(page_size=(width, height))
    fresh.Resources = Dictionary(XObject=Dictionary(P=target.make_indirect(image)))
    fresh.Contents = Stream(target, f"q {width} 0 0 {height} 0 0 cm /P Do Q".encode())
