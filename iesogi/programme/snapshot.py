"""Everything the PDF of the work programme shows, as plain data in the language of the moment."""

from datetime import date

from iesogi.programme.models import WorkProgramme


def snapshot(programme: WorkProgramme, *, as_of: date) -> dict:
    return {"programme": {"label": programme.label}}
