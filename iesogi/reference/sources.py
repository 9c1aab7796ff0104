"""Read data files so that every row still knows the file and the line it came from."""

import csv
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import ConstructorError

from iesogi.reference.exceptions import LoadError


class Row(dict):
    """A mapping read from a file; `where` is "sessions.yaml, line 12" and stands first in every complaint."""

    file: str = ""
    line: int = 0

    @property
    def where(self) -> str:
        return f"{self.file}, line {self.line}"

    def need(self, name: str) -> Any:
        """The value under `name`, or a LoadError that says where it is missing."""
        if name not in self:
            raise LoadError(f"{self.where}: “{name}” is missing. Add it and load again; nothing was loaded.")
        return self[name]


def _row(values: dict, *, file: str, line: int) -> Row:
    row = Row(values)
    row.file, row.line = file, line
    return row


class _Loader(yaml.SafeLoader):
    """Plain YAML, but a mapping becomes a Row and a key may stand only once in it."""

    file = ""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> Row:
    values = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in values:
            raise ConstructorError(None, None, f"the key “{key}” stands twice in one mapping", key_node.start_mark)
        values[key] = loader.construct_object(value_node, deep=True)
    return _row(values, file=loader.file, line=node.start_mark.line + 1)


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """The document of one YAML file. Bad YAML or bad encoding is a LoadError with the line."""
    loader = None
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        loader.file = path.name
        return loader.get_single_data()
    except yaml.YAMLError as error:
        raise LoadError(f"{path.name}, {_reason(error)}. Correct the file; nothing was loaded.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path.name} cannot be read ({error}); nothing was loaded.") from error
    finally:
        if loader is not None:
            loader.dispose()


def read_rows(path: Path) -> list[Row]:
    """A YAML file that is one list of mappings."""
    return rows_of(read_yaml(path), where=path.name)


def read_lists(path: Path) -> dict[str, list[Row]]:
    """A YAML file of several lists of mappings, each under its heading."""
    document = read_yaml(path)
    if not isinstance(document, Row):
        raise LoadError(f"{path.name}: headings with lists below them are expected here; nothing was loaded.")
    return {heading: rows_of(value, where=f"{path.name}, {heading}") for heading, value in document.items()}


def rows_of(value: Any, *, where: str) -> list[Row]:
    if not isinstance(value, list) or not all(isinstance(row, Row) for row in value):
        raise LoadError(f"{where}: a list of mappings (- name: value) is expected here; nothing was loaded.")
    return value


def _reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    return f"line {line}: {getattr(error, 'problem', None) or error}"


def read_csv(path: Path) -> list[Row]:
    """The rows of one CSV file with a heading; lines that start with # are comments."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise LoadError(f"{path.name} cannot be read ({error}); nothing was loaded.") from error
    numbered = [(number, text) for number, text in enumerate(lines, 1) if text.strip() and not text.startswith("#")]
    if not numbered:
        return []
    heading = next(csv.reader([numbered[0][1]]))
    return [_csv_row(heading, text, file=path.name, line=number) for number, text in numbered[1:]]


def _csv_row(heading: list[str], text: str, *, file: str, line: int) -> Row:
    cells = next(csv.reader([text]))
    if len(cells) != len(heading):
        raise LoadError(
            f"{file}, line {line}: {len(cells)} cells where the heading names {len(heading)}. "
            "Correct the line; nothing was loaded."
        )
    return _row(dict(zip(heading, cells, strict=True)), file=file, line=line)
