"""A file from the first look to the decision; its content is kept only in between."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from iesogi.audit import services as audit
from visits.exceptions import StepRefused
from visits.recommendations.importing.judging import judge
from visits.recommendations.importing.reading import read
from visits.recommendations.importing.taking_in import take_in
from visits.recommendations.models import RecommendationImport


@transaction.atomic
def look_at(content: bytes, *, name: str, by: Any) -> RecommendationImport:
    """Judge every row and write none. A file with refused rows has to be mended and sent again, so it is not kept."""
    outcome = judge(read(content)).as_json()
    kept = b"" if outcome["refused"] else content
    file = RecommendationImport(
        name=name[:200], sha256=hashlib.sha256(content).hexdigest(), content=kept, by=by, outcome=outcome
    )
    file.save(force_insert=True)
    audit.record(by=by, verb="recommendationimport.looked_at", target=file, sha256=file.sha256)
    return file


def _locked(file: RecommendationImport) -> RecommendationImport:
    file = RecommendationImport.objects.select_for_update(of=("self",)).get(pk=file.pk)
    if not file.content:
        raise StepRefused(_("The content of this file is gone already. Send the file again."))
    return file


@transaction.atomic
def finish(file: RecommendationImport, *, by: Any, show: bool = False) -> RecommendationImport:
    """Judge once more, since the rows may have changed meanwhile, and take the file in whole."""
    file = _locked(file)
    file.outcome = take_in(judge(read(bytes(file.content))), by=by, name=file.name, show=show)
    file.content, file.done_at = b"", timezone.now()
    file.save(update_fields=["outcome", "content", "done_at"])
    return file


@transaction.atomic
def forget(file: RecommendationImport, *, by: Any) -> RecommendationImport:
    file = _locked(file)
    file.content = b""
    file.save(update_fields=["content"])
    audit.record(by=by, verb="recommendationimport.forgotten", target=file)
    return file
