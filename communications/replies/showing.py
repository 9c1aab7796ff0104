"""What a late reply will show the public, for the person who confirms it to read there and then."""

from typing import Any

from communications.renditions.models import staff_address
from communications.replies.models import Reply
from iesogi.documents.services import digest


def fingerprint(reply: Reply) -> str:
    file = getattr(reply, "rendition", None)
    said = [reply.received_on, reply.reply_class, reply.language, file.sha256 if file else ""]
    return digest({"reply": said, "letters": sorted(reply.letters.values_list("pk", flat=True))})


def page(reply: Reply) -> dict[str, Any]:
    file = getattr(reply, "rendition", None)
    if file:
        file.address = staff_address(file)
    letters = reply.letters.filter(public=True)
    return {"reply": reply, "letters": letters, "file": file, "shown": fingerprint(reply)}
