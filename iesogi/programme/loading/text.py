"""The programme itself, its sections, its paragraphs in our own words, and its footnotes."""

from iesogi.programme.models import Footnote, Paragraph, Section, WorkProgramme
from iesogi.programme.source import DATA
from iesogi.reference.exceptions import LoadError
from iesogi.reference.loading import Loader
from iesogi.reference.models import MandateHolder
from iesogi.reference.sources import Row, read_yaml


def load_programme(loader: Loader, data: Row) -> WorkProgramme:
    row, mandate = data["work_programme"], data["mandate"]
    return loader.put(
        WorkProgramme,
        key={"code": row["code"].lower()},
        values={
            "label": row["label"],
            "title": mandate["full_title"].removeprefix("Independent Expert on ").capitalize(),
            "period_start": row["period_start"],
            "period_end": row["period_end"],
            "subject_to_renewal_from": mandate["subject_to_renewal"]["from"],
            "holder": _holder(row),
            "role": row["role"],
            "as_of": data["activities_2018_2020"]["as_of"],
            "ref": row["ref"],
        },
        where=row.where,
    ).row


def _holder(row: Row) -> MandateHolder:
    holder = MandateHolder.objects.filter(code=row["holder"]).first()
    if holder is None:
        raise LoadError(
            f"{row.where}: mandate holder “{row['holder']}” is not in the reference data. "
            "Run `python manage.py load_reference` first; nothing was loaded."
        )
    return holder


def load_sections(loader: Loader, programme: WorkProgramme, data: Row) -> dict[str, Section]:
    return {
        row["code"]: loader.put(
            Section,
            key={"programme": programme, "code": row["code"]},
            values={
                "number": row["number"],
                "label": row["label"],
                "order": order,
                "description": row.get("description", ""),
            },
            where=row.where,
        ).row
        for order, row in enumerate(data["sections"], 1)
    }


def load_paragraphs(loader: Loader, programme: WorkProgramme, sections: dict[str, Section], topics: Row) -> None:
    document = read_yaml(DATA / "paragraphs.yaml")
    for row in document["paragraphs"]:
        paragraph = loader.put(
            Paragraph,
            key={"section": _section(sections, row), "number": row.need("number")},
            values={
                "topic": topics.get(row["number"], ""),
                "body": row.need("body").strip(),
                "exhibits": row.get("exhibits", []),
            },
            where=row.where,
        ).row
        for note in row.get("footnotes", []):
            _load_footnote(loader, programme, note, paragraph)
    for note in document["note_footnotes"]:
        _load_footnote(loader, programme, note, None)


def _section(sections: dict[str, Section], row: Row) -> Section:
    code = row.need("section")
    if code not in sections:
        raise LoadError(f"{row.where}: section “{code}” is not one of the programme's sections; nothing was loaded.")
    return sections[code]


def _load_footnote(loader: Loader, programme: WorkProgramme, row: Row, paragraph: Paragraph | None) -> None:
    loader.put(
        Footnote,
        key={"programme": programme, "number": row.need("number")},
        values={"paragraph": paragraph, "body": row.get("body", "").strip()},
        where=row.where,
    )
