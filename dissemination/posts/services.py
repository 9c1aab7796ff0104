from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dissemination.approval import locked, require_free_to_leave, step
from dissemination.enums import DraftState, OutputKind
from dissemination.exceptions import StepRefused
from dissemination.models import Output
from dissemination.posts.models import Post, PostVersion
from iesogi.audit import services as audit


@transaction.atomic
def mark_posted(version: PostVersion, *, by: Any, url: str = "", at: datetime | None = None) -> PostVersion:
    """A person posted it: the first version counts the posting, the last one closes the post.

    A posting is one content, on however many networks it stands (the programme promises postings, not copies).
    """
    post, at = locked(version.post), at or timezone.now()
    version = PostVersion.objects.select_for_update().get(pk=version.pk)
    if version.posted_at:
        raise StepRefused(_("This version is marked as posted already."))
    if post.state != DraftState.APPROVED:
        raise StepRefused(_("Only what somebody approved is posted. Hand the post in, and ask for approval."))
    require_free_to_leave(post)
    if at > timezone.now():
        raise StepRefused(_("That moment is still to come. Mark it as posted once it is."))
    version.posted_at, version.url = at, url
    version.save(update_fields=["posted_at", "url"])
    audit.record(by=by, verb="post.posted", target=post, network=version.network, at=at)
    if post.output_id is None:
        _count(post, version)
    if not post.versions.filter(posted_at=None).exists():
        step(post, DraftState.OUT, by=by, verb="out")
    return version


def _count(post: Post, version: PostVersion) -> None:
    post.output = Output.objects.create(
        kind=OutputKind.SOCIAL_POST,
        title=post.title,
        issued_on=timezone.localdate(version.posted_at),
        language=version.language,
        url=version.url,
        report=post.report,
        visit=post.visit,
    )
    post.save(update_fields=["output"])
