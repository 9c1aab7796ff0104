"""The programme's data files, read and held against their schema before anything is loaded."""

from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from iesogi.reference.exceptions import LoadError
from iesogi.reference.sources import Row, read_yaml

DATA = Path(__file__).parent / "data"
PROGRAMME = DATA / "work_programme_2021_2023.yaml"


def read_programme(path: Path = PROGRAMME) -> Row:
    """The facts of the programme. Raises LoadError naming the path in the file and the line."""
    document = read_yaml(path)
    schema = read_yaml(DATA / "schema.yaml")
    error = next(iter(Draft202012Validator(schema).iter_errors(document)), None)
    if error:
        where = ".".join(str(step) for step in error.absolute_path) or "the whole file"
        line = _line_of(document, list(error.absolute_path))
        raise LoadError(
            f"{path.name}, line {line}, at {where}: {error.message}. "
            "Correct the file and load again; nothing was loaded."
        )
    return document


def _line_of(document: Any, path: list) -> int:
    """The line of the innermost mapping on the way to the error."""
    line = getattr(document, "line", 1)
    for step in path:
        document = document[step]
        line = getattr(document, "line", line)
    return line
