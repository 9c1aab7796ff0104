"""Pictures that a PDF draws. Those with a file format of their own inside are rebuilt from their pixels."""

import zlib

import pictures
from pikepdf import Array, Name

SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
MOST_BYTES = 64 * 1024**2


def rebuild(image, allowed, notes):
    for key in set(image.keys()) - allowed:
        del image[key]
    filters = _filters(image)
    if not filters or filters[-1] not in pictures.INSIDE_PDF:
        return
    data = _inside(image, filters)
    found = pictures.inner_pixels(data, filters[-1], notes) if data else None
    if found is None:
        _blank(image, notes)
        return
    fresh, mode, (image.Width, image.Height) = found
    image.write(fresh, filter=Name.DCTDecode)
    if filters[-1] == "/JPXDecode" or "/ColorSpace" not in image:
        image.ColorSpace, image.BitsPerComponent = SPACES[mode], 8
        for key in {"/Decode", "/SMaskInData"} & set(image.keys()):
            del image[key]


def _filters(image):
    found = image.get("/Filter", Array())
    return [str(each) for each in (found if isinstance(found, Array) else [found])]


def _inside(image, filters):
    """The picture's own file; some programs compress it once more."""
    raw = image.read_raw_bytes()
    if len(filters) == 1:
        return raw
    if filters[:-1] == ["/FlateDecode"]:
        return zlib.decompressobj().decompress(raw, MOST_BYTES)
    return b""


def _blank(image, notes):
    """It cannot be rebuilt, and what is inside may say who took it, and where."""
    notes["pictures-left-out"] += 1
    for key in set(image.keys()) - {"/Type", "/Subtype", "/Length"}:
        del image[key]
    image.write(b"\xff")
    image.Width = image.Height = 1
    image.BitsPerComponent, image.ColorSpace = 8, Name.DeviceGray
