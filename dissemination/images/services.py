"""Images from findings and from uploads."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from dissemination.exceptions import StepRefused
from dissemination.images.enums import PeopleShown, Shape
from dissemination.images.models import Booklet, Picture
from iesogi.audit import services as audit
from iesogi.documents.pictures import kept, png
from iesogi.vault.cleaning import Clock, NotCleaned, clean
from reports.models import Finding

MAX_BYTES = 20_000_000
CLEANING_SECONDS = 20
COVER_PIXELS = (1240, 1240)  # no larger: the width of a printed page at 150 dots an inch
SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp"}
TEMPLATE, COVER = "pdf/dissemination/social_image.html", "pdf/dissemination/cover_image.html"


def cleaned_upload(content: bytes) -> tuple[str, bytes]:
    """Suffix and pixels drawn anew without what cameras write beside them (place, time, device)."""
    if len(content) > MAX_BYTES:
        raise StepRefused(_("The image is larger than 20 MB. Make it smaller, then choose it again."))
    try:
        with clean([content], Clock(CLEANING_SECONDS)) as done:
            kept = b"".join(done.pieces)
    except NotCleaned:
        kept = b""
    if not kept or done.kind not in SUFFIXES:
        raise StepRefused(_("This file cannot be used as an image. Save it as JPEG, PNG or WebP and choose it again."))
    return SUFFIXES[done.kind], kept


def cover_of(booklet: Booklet) -> dict[str, Any]:
    """What a snapshot keeps of the picture on the cover: its words, and pixels for the width of a page."""
    picture = booklet.cover
    if picture is None:
        return {"cover": None}
    with picture.file.open("rb") as file, Image.open(file) as image:
        smaller = image.convert("RGBA")
    smaller.thumbnail(COVER_PIXELS)
    ground = Image.new("RGB", smaller.size, "white")
    ground.paste(smaller, mask=smaller)
    out = BytesIO()
    ground.save(out, "JPEG", quality=85)
    words = {"alt": picture.alt, "language": picture.language}
    return {"cover": words, "pictures": {"cover": kept(out.getvalue())}}


def store(picture: Picture, suffix: str, content: bytes) -> Picture:
    """Keep the file under a name nobody can guess; the caller saves the row."""
    with Image.open(BytesIO(content)) as image:
        picture.width, picture.height = image.size
    picture.file.save(f"picture.{suffix}", ContentFile(content), save=False)
    return picture


@transaction.atomic
def draw(finding: Finding, *, shape: str, language: str, by: Any) -> Picture:
    """An image of one finding, from the same words as the booklet; its description is what the finding reads out."""
    text = finding.text_in(language)
    if text is None:
        raise StepRefused(_("The finding has no text yet. Write it in one language at least, then draw the image."))
    data = {
        "shape": shape,
        "kind": str(finding.get_kind_display()),
        "text": text.text,
        "report": finding.report.symbol or finding.report.title,
        "small": len(text.text) > 200,
    }
    picture = Picture(
        title=f"{finding}"[:190],
        alt=text.read_out,
        language=text.language,
        people=PeopleShown.NOBODY,
        finding=finding,
        shape=shape,
        by=by if by and by.pk else None,
    )
    return _drawn(picture, TEMPLATE, data, verb="drawn", by=by)


@transaction.atomic
def draw_cover(booklet: Booklet, *, by: Any) -> Picture:
    """The cover of a booklet as an image for social media and the newsletter."""
    about = {"title": booklet.title, "report": booklet.report.symbol}
    data = {"shape": Shape.COVER, **about, **cover_of(booklet)}
    picture = Picture(
        title=booklet.title[:190],
        alt=_("Cover of the booklet “%(title)s”.") % {"title": booklet.title},
        language=booklet.language,
        people=PeopleShown.NOBODY,
        shape=Shape.COVER,
        by=by if by and by.pk else None,
    )
    return _drawn(picture, COVER, data, verb="cover_drawn", by=by)


def _drawn(picture: Picture, template: str, data: dict, *, verb: str, by: Any) -> Picture:
    store(picture, "png", png(template, data, picture.language))
    picture.save(force_insert=True)
    audit.record(by=by, verb=f"picture.{verb}", target=picture, shape=picture.shape)
    return picture
