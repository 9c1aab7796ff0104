"""Pictures rebuilt from their pixels: whatever else the file carried does not come along."""

import io

from kinds import PICTURES, Uncleanable, kind_of
from PIL import Image, ImageOps, Jpeg2KImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

# The library reads many more formats, some of them with a history; none but the one the bytes say is tried.
# What phones write as MPO opens as JPEG.
FORMAT = {
    "jpeg": JpegImagePlugin.JpegImageFile.format,
    "png": PngImagePlugin.PngImageFile.format,
    "webp": WebPImagePlugin.WebPImageFile.format,
}
INSIDE_PDF = {"/DCTDecode": FORMAT["jpeg"], "/JPXDecode": Jpeg2KImagePlugin.Jpeg2KImageFile.format}
# Pixels that fit into the memory of this process, as they are and a second time rebuilt.
MOST_PIXELS = 25_000_000
# A JPEG can be decoded at a half, a quarter or an eighth of its size.
MOST_PIXELS_OF_JPEG = 16 * MOST_PIXELS
QUALITY = 90
Image.MAX_IMAGE_PIXELS = None  # judged here, before a pixel is decoded
PLAIN = {"L", "LA", "RGB", "RGBA"}


def cleaned(data, notes):
    target = kind_of(data)
    with Image.open(io.BytesIO(data), formats=[FORMAT[target]]) as picture:
        pixels = picture.width * picture.height
        if pixels > (MOST_PIXELS_OF_JPEG if target == "jpeg" else MOST_PIXELS):
            raise Uncleanable("too-large")
        if pixels > MOST_PIXELS:
            _halve(picture)
            notes["smaller"] += 1
        if getattr(picture, "n_frames", 1) > 1 and picture.format != "MPO":
            notes["frames"] += 1
        return _saved(_rebuilt(picture), target)


def _halve(picture):
    scale = 2
    while picture.width * picture.height > MOST_PIXELS * scale**2:
        scale *= 2
    picture.draft("RGB", (picture.width // scale, picture.height // scale))


def _rebuilt(picture):
    """Turned as the camera said, since that word goes too; a new picture, so that nothing of the old one is kept."""
    ImageOps.exif_transpose(picture, in_place=True)
    mode = picture.mode if picture.mode in PLAIN else _mode_for(picture)
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256)
    flat = picture if picture.mode == mode else picture.convert(mode)
    fresh = Image.new(mode, flat.size)
    fresh.paste(flat)
    return fresh


def _mode_for(picture):
    if picture.mode.startswith(("I", "F")) or picture.mode == "1":
        return "L"
    return "RGBA" if picture.has_transparency_data else "RGB"


def _saved(picture, target):
    out = io.BytesIO()
    if target == "jpeg":
        picture.convert("L" if picture.mode in {"L", "LA"} else "RGB").save(out, "JPEG", quality=QUALITY)
    elif target == "png":
        picture.save(out, "PNG")
    else:
        picture.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


def inner(data, notes):
    """A picture inside of a document, or None where it cannot be rebuilt."""
    if kind_of(data) not in PICTURES:
        return None
    try:
        return cleaned(data, notes)
    except (Uncleanable, OSError, ValueError, SyntaxError):
        return None


def inner_pixels(data, packing, notes):
    """A JPEG of the same pixels as they lie there (a PDF turns its pictures itself), its mode and its size."""
    try:
        with Image.open(io.BytesIO(data), formats=[INSIDE_PDF[packing]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                if packing != "/DCTDecode" or picture.width * picture.height > MOST_PIXELS_OF_JPEG:
                    return None
                _halve(picture)
                notes["smaller"] += 1
            mode = picture.mode if picture.mode in {"L", "RGB", "CMYK"} else "RGB"
            fresh = Image.new(mode, picture.size)
            fresh.paste(picture if picture.mode == mode else picture.convert(mode))
        out = io.BytesIO()
        fresh.save(out, "JPEG", quality=QUALITY)
    except (OSError, ValueError, SyntaxError):
        return None
    return out.getvalue(), mode, fresh.size
