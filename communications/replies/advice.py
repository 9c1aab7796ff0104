"""What to do next about a reply, in one sentence for the desk."""

from django.utils.translation import gettext as _

from communications.replies.enums import ReplyClass, Translation
from communications.replies.models import Reply


def advice(reply: Reply) -> str:
    if reply.translation == Translation.PENDING:
        return _("Wait for the translation, or ask for it again; then read the reply.")
    if not reply.is_read:
        return _("Read it against the questions of the letter, and classify it.")
    return _by_class(reply) if reply.public_since or not reply.publishable else _to_publish(reply)


def _by_class(reply: Reply) -> str:
    return {
        ReplyClass.SUBSTANTIVE: _("Tell the source what may be told, and decide whether the matter can be closed."),
        ReplyClass.PARTIAL: _("Take the letter into follow-up and ask for what was left out."),
        ReplyClass.REJECTED: _("Ask the source for comments on what the State says, and consider a follow-up letter."),
        ReplyClass.ACKNOWLEDGEMENT: _("The questions are still open: ask the Permanent Mission for a full reply."),
    }[ReplyClass(reply.reply_class)]


def _to_publish(reply: Reply) -> str:
    if any(letter.public for letter in reply.letters.all()):
        return _("The letter is public: a second person publishes this late reply.")
    return _by_class(reply)
