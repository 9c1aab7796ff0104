"""Measures are asked for by name, and a name that is none is told before minutes of set-up."""

import re

import pytest
from django.conf import settings

from bench.__main__ import MODULES, main

SCRIPT = settings.BASE_DIR / "scripts" / "bench.sh"


@pytest.mark.parametrize("names", [["communications"], ["intake", "communications"]], ids=" and ".join)
def test_unknown_name_is_refused_in_a_sentence(names):
    with pytest.raises(SystemExit) as refused:
        main(names)
    assert str(refused.value).startswith("There is no measure called communications; there are pdf, booklet, ")


def test_measures_of_both_databases_are_known():
    (names,) = re.findall(r'^ON_BOTH="([a-z ]+)"$', SCRIPT.read_text("utf-8"), re.MULTILINE)
    assert set(names.split()) <= set(MODULES)


def test_script_asks_for_the_names_before_it_measures():
    script = SCRIPT.read_text("utf-8")
    assert script.index("refuse_unknown") < script.index("measure sqlite")


@pytest.mark.parametrize("module", MODULES.values())
def test_each_measure_has_its_module(module):
    assert (settings.BASE_DIR / "bench" / f"{module}.py").is_file()
