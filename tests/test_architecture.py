"""The house as docs/architecture.md draws it: who may import whom, and who may point at whom."""

import ast
import re
from importlib.util import resolve_name
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent

# Roof first. A room imports, and points a foreign key at, rooms of lower floors only.
FLOORS = [
    ["iesogi.site"],
    ["iesogi.programme"],
    ["dissemination"],
    ["reports", "visits", "communications"],
    ["iesogi.safety", "iesogi.stakeholders"],
    ["iesogi.deadlines", "iesogi.documents", "iesogi.vault"],
    ["iesogi.outbox"],
    ["iesogi.accounts", "iesogi.reference"],
    ["iesogi.audit"],
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
SIDEWAYS = {("visits", "reports")}
# What wires the house together; the wiring knows the rooms, and no room knows the wiring.
WIRING = {"iesogi/__init__.py", "iesogi/celery.py", "iesogi/settings.py", "iesogi/urls.py", "iesogi/wsgi.py"}


def room_path(room):
    return ROOT / room.replace(".", "/")


BUILT = [room for room in FLOOR if room_path(room).is_dir()]


def modules(room):
    return [path for path in sorted(room_path(room).rglob("*.py")) if "migrations" not in path.parts]


def names_imported_by(path):
    package = ".".join(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def allowed_from(room):
    return {other for other in FLOOR if FLOOR[other] > FLOOR[room] or (room, other) in SIDEWAYS} | {room}


def room_of(name):
    return next((room for room in FLOOR if f"{name}.".startswith(f"{room}.")), None)


@pytest.mark.parametrize("room", BUILT)
def test_imports_point_down(room):
    upward = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in names_imported_by(path)
        if room_of(name) and room_of(name) not in allowed_from(room)
    }
    assert upward == set()


@pytest.mark.parametrize("room", BUILT)
def test_rooms_do_not_import_the_wiring(room):
    wiring = ("iesogi.urls", "iesogi.celery", "iesogi.settings", "iesogi.wsgi")
    names = {name for path in modules(room) for name in names_imported_by(path)}
    assert {name for name in names if f"{name}.".startswith(tuple(f"{each}." for each in wiring))} == set()


def relations(model):
    """Foreign keys and many-to-many fields; the user model stands open to every room."""
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        target = field.related_model
        if target is not None and target._meta.label != "accounts.User":
            yield field, target


@pytest.mark.parametrize("room", BUILT)
def test_foreign_keys_point_down(room):
    upward = {
        f"{field} points at {target._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        if room_of(model.__module__) == room
        for field, target in relations(model)
        if room_of(target.__module__) and room_of(target.__module__) not in allowed_from(room)
    }
    assert upward == set()


def test_no_generic_foreign_keys():
    assert [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if room_of(model.__module__)
        for field in model._meta.private_fields
        if type(field).__name__ == "GenericForeignKey"
    ] == []


def test_every_installed_room_has_a_floor():
    packages = {path.parent.name for path in ROOT.glob("*/apps.py")} | {
        f"iesogi.{path.parent.name}" for path in ROOT.glob("iesogi/*/apps.py")
    }
    assert packages - set(FLOOR) == set()
    assert set(BUILT) - {config.name for config in apps.get_app_configs()} == set()


def test_only_known_modules_stand_outside_the_rooms():
    outside = {str(path.relative_to(ROOT)) for path in (ROOT / "iesogi").glob("*.py")}
    assert outside - WIRING == set()


def all_modules():
    return [path for room in BUILT for path in modules(room)]


def calls(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def test_no_model_is_looked_up_by_its_name():
    """A string would reach upwards where an import may not."""
    assert [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in all_modules()
        for name, node in calls(path)
        if name.endswith("apps.get_model") or name == "get_model"
    ] == []


def test_no_signals_of_our_own():
    names = {(str(path.relative_to(ROOT)), name) for path in all_modules() for name in names_imported_by(path)}
    assert {(path, name) for path, name in names if "dispatch.receiver" in name or name.endswith("Signal")} == set()


def test_only_the_vault_imports_the_crypto_library():
    importers = {
        str(path.relative_to(ROOT))
        for path in all_modules()
        for name in names_imported_by(path)
        if name.split(".")[0] in {"nacl", "cryptography"}
    }
    assert importers <= {"iesogi/vault/sealing.py"}


TEMPLATES = [
    path
    for folder in ["templates", "iesogi", "reports", "visits", "communications", "dissemination"]
    for path in sorted((ROOT / folder).rglob("*.html"))
]
# The strict policy would block these silently; a stylesheet of a PDF is linked as well.
INLINE = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_carry_no_inline_script_or_style(path):
    assert INLINE.findall(path.read_text("utf-8")) == []


LAYERS = {
    "services.py": {"views", "admin", "urls", "tasks"},
    "querysets.py": {"views", "admin", "urls", "forms", "services", "tasks"},
    "models.py": {"views", "admin", "urls", "forms", "services", "tasks"},
    "enums.py": {"models", "querysets", "views", "admin", "urls", "forms", "services", "tasks"},
}


@pytest.mark.parametrize("room", BUILT)
def test_layers_inside_a_room_point_down(room):
    """Rules do not know who asks for them: enums, models, querysets and services import no page and no task."""
    upward = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(room)
        for name in names_imported_by(path)
        if name.startswith(f"{room}.") and name.removeprefix(f"{room}.").split(".")[0] in LAYERS.get(path.name, ())
    }
    assert upward == set()
