"""Pictures in documents and out of them.

One page drawn as PNG: the same templates, fonts and fetcher as a PDF, so text is shaped and nothing is fetched."""

import base64
import threading
from io import BytesIO
from typing import Any

from iesogi.documents.rendering import make

PIXELS_PER_POINT = 96 / 72  # CSS pixels: a page of 1080px by 1080px becomes as many pixels
_one_at_a_time = threading.Lock()  # PDFium is not safe to call from two threads


def kept(content: bytes) -> dict[str, str]:
    """JPEG or PNG as a snapshot keeps it, under a name in `pictures`; its template asks for `picture:<name>`."""
    return {"data": base64.b64encode(content).decode("ascii")}


def png(template: str, data: dict[str, Any], language: str) -> bytes:
    """The first page of the template. Text that runs over it is cut off, so callers keep texts short."""
    import pypdfium2  # late, as WeasyPrint: a web process that draws nothing should not load it

    made = make(template, data, language)
    with _one_at_a_time:
        pdf = pypdfium2.PdfDocument(made.content)
        try:
            image = pdf[0].render(scale=PIXELS_PER_POINT).to_pil()
        finally:
            pdf.close()
    out = BytesIO()
    image.convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()
