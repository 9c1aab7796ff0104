"""Steps of a redacted file: added by one person, confirmed by another, taken back at once by anybody of the desk."""

from collections.abc import Iterable
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from communications.exceptions import StepRefused
from communications.letters.persons import two_persons
from communications.publication.models import Publication
from communications.renditions.models import Rendition
from communications.replies.models import Reply
from iesogi.audit import services as audit
from iesogi.deadlines.days import today
from iesogi.vault import renditions
from iesogi.vault.blobs import drop
from iesogi.vault.uploads import SealedUpload

FOLDER = "renditions"


def audit_label(file: Rendition) -> str:
    return f"file of reply {file.reply_id}" if file.reply_id else f"file of publication {file.publication_id}"


def of(owner: Publication | Reply) -> Rendition | None:
    return getattr(owner, "rendition", None)


def add(owner: Publication | Reply, *, file: SealedUpload, as_pictures: bool, by) -> Rendition:
    """Clean it and keep it until a second person has read it. A newer one takes the place of one not public yet.

    Raises StepRefused, or VaultRefused with what is wrong with the file. It is cleaned before any row is locked.
    """
    _require_open(owner)
    made = renditions.make(file, as_pictures=as_pictures)
    stored = default_storage.save(f"{FOLDER}/{uuid4().hex}.pdf", ContentFile(made.content))
    try:
        return _keep(owner, made, stored, as_pictures=as_pictures, by=by)
    except BaseException:
        drop([stored])
        raise


@transaction.atomic
def _keep(owner: Publication | Reply, made: renditions.Rendition, stored: str, *, as_pictures: bool, by) -> Rendition:
    owner = type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)
    _require_open(owner)
    if old := of(owner):
        _delete(old)
    file = Rendition(
        **{"reply" if isinstance(owner, Reply) else "publication": owner},
        stored=stored,
        sha256=made.sha256,
        size=len(made.content),
        pages=len(made.texts),
        text="\n\n".join(text.strip() for text in made.texts if text.strip()),
        is_pictures=as_pictures,
        added_by=by,
        added_on=today(),
    )
    file.full_clean()
    file.save(force_insert=True)
    audit.record(by=by, verb="rendition.added", target=owner, label=audit_label(file), sha256=file.sha256)
    return file


def _require_open(owner: Publication | Reply) -> None:
    file = of(owner)
    if file and file.is_public:
        raise StepRefused(_("A redacted file is public already. Take it back first, if another shall replace it."))


def _delete(file: Rendition) -> None:
    """The row now, and what lies in the storage once the row is gone for good."""
    stored = file.stored
    file.delete()
    transaction.on_commit(lambda: drop([stored]))


def publish(files: Iterable[Rendition | None], *, by) -> None:
    """Together with what they belong to; whoever calls has locked that and judged it. Public ones stay as they are."""
    for file in files:
        if file is None or file.is_public:
            continue
        two_persons(file.added_by, by)
        file.confirmed_by, file.public_since = by, today()
        file.save(update_fields=["confirmed_by", "public_since"])
        audit.record(by=by, verb="rendition.published", target=_owner(file), label=audit_label(file))


@transaction.atomic
def confirm(owner: Publication | Reply, *, by, shown: str) -> Rendition:
    """A file that came after its letter or reply was public. `shown` is the SHA-256 of the one that was read."""
    owner = type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)
    file = of(owner)
    if file is None or file.is_public or not is_owner_public(owner):
        raise StepRefused(_("No redacted file waits here that could become public by itself."))
    if file.sha256 != shown:
        raise StepRefused(_("Another file was added since you were shown this one. Read it below, and confirm then."))
    publish([file], by=by)
    return file


@transaction.atomic
def take_back(owner: Publication | Reply, *, by) -> None:
    """Away at once, public or not: somebody may have seen that it tells too much. One person is enough for that."""
    owner = type(owner).objects.select_for_update(of=("self",)).get(pk=owner.pk)
    file = of(owner)
    if file is None:
        raise StepRefused(_("There is no redacted file here any more."))
    label, was_public = audit_label(file), file.is_public
    _delete(file)
    audit.record(by=by, verb="rendition.taken_back", target=owner, label=label, public=was_public)


def is_owner_public(owner: Publication | Reply) -> bool:
    return bool(owner.public_since) if isinstance(owner, Reply) else owner.is_public


def _owner(file: Rendition) -> Publication | Reply:
    return file.reply if file.reply_id else file.publication
