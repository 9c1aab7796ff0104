"""The 195 States as loaded: groups, names, and being found by any of them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from iesogi.reference.enums import RegionalGroup, UNStatus
from iesogi.reference.exceptions import LoadError, UnknownCountryError
from iesogi.reference.lookup import countries, country
from iesogi.reference.models import Country, RegionTag
from iesogi.reference.text import fold


def codes(rows):
    return sorted(rows.values_list("iso3", flat=True))


def found(words):
    return codes(Country.objects.search(words))


def test_all_members_and_observers_are_there(reference_data):
    assert Country.objects.members().count() == 193
    assert codes(Country.objects.observers()) == ["PSE", "VAT"]


@pytest.mark.parametrize(
    ("group", "total"),
    [("AFRICA", 54), ("ASIA_PACIFIC", 54), ("EASTERN_EUROPE", 23), ("GRULAC", 33), ("WEOG", 28), ("WEOG_OBSERVER", 1)],
)
def test_groups_have_their_totals(reference_data, group, total):
    assert Country.objects.filter(regional_group=group).count() == total


@pytest.mark.parametrize(
    ("iso3", "group"),
    [
        ("USA", RegionalGroup.WEOG_OBSERVER),
        ("TUR", RegionalGroup.WEOG),
        ("ISR", RegionalGroup.WEOG),
        ("KIR", RegionalGroup.ASIA_PACIFIC),
        ("CYP", RegionalGroup.ASIA_PACIFIC),
        ("KAZ", RegionalGroup.ASIA_PACIFIC),
        ("ARM", RegionalGroup.EASTERN_EUROPE),
        ("AZE", RegionalGroup.EASTERN_EUROPE),
        ("GEO", RegionalGroup.EASTERN_EUROPE),
        ("VAT", ""),
        ("PSE", ""),
    ],
)
def test_edge_cases_stand_in_their_group(reference_data, iso3, group):
    assert country(iso3).regional_group == group


def test_candidates_for_visits_fall_into_groups_as_known(reference_data):
    candidates = countries(
        ["ARM", "BFA", "KHM", "COL", "GHA", "IND", "JPN", "KEN", "MLT", "NPL", "POL", "LKA", "THA", "TUN"]
    )
    groups = [state.regional_group for state in candidates]
    assert {group: groups.count(group) for group in groups} == {
        "AFRICA": 4, "ASIA_PACIFIC": 6, "EASTERN_EUROPE": 2, "GRULAC": 1, "WEOG": 1,
    }  # fmt: skip


def test_every_state_has_a_name_in_six_languages(reference_data):
    nameless = [
        (state.iso3, language) for state in Country.objects.all() for language, name in state.names.items() if not name
    ]
    assert nameless == []


@pytest.mark.parametrize(
    ("iso3", "language", "name"),
    [
        ("TUR", "en", "Türkiye"),
        ("TUR", "fr", "Türkiye"),
        ("CIV", "en", "Côte d’Ivoire"),
        ("CIV", "ar", "كوت ديفوار"),
        ("BOL", "es", "Bolivia (Estado Plurinacional de)"),
        ("IRN", "en", "Iran (Islamic Republic of)"),
        ("KOR", "en", "Republic of Korea"),
        ("PRK", "fr", "République populaire démocratique de Corée"),
        ("TZA", "en", "United Republic of Tanzania"),
        ("NLD", "en", "Netherlands (Kingdom of the)"),
        ("GBR", "en", "United Kingdom of Great Britain and Northern Ireland"),
        ("RUS", "ru", "Российская Федерация"),
        ("USA", "zh", "美利坚合众国"),
        ("COG", "en", "Congo"),
        ("COD", "fr", "République démocratique du Congo"),
        ("ATG", "en", "Antigua and Barbuda"),
        ("MMR", "en", "Myanmar"),
        ("PSE", "en", "State of Palestine"),
        ("VAT", "es", "Santa Sede"),
        ("MKD", "en", "North Macedonia"),
        ("EGY", "fr", "Égypte"),
        ("TUN", "ar", "تونس"),
    ],
)
def test_names_are_those_of_the_united_nations(reference_data, iso3, language, name):
    assert country(iso3).names[language] == name


def test_english_names_are_written_out(reference_data):
    odd = [state.iso3 for state in Country.objects.all() if "&" in state.name_en or "St." in state.name_en]
    assert odd == []


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Ukraine"), ("es", "Ucrania"), ("ar", "أوكرانيا"), ("zh-hans", "乌克兰"), ("de", "Ukraine")],
)
def test_name_follows_the_page(reference_data, language, name):
    with translation.override(language):
        assert str(country("UKR")) == name


def test_page_order_follows_the_page(reference_data):
    with translation.override("es"):
        states = [state.iso3 for state in Country.objects.in_page_order()]
    assert states.index("DEU") < states.index("BRA") < states.index("USA")


@pytest.mark.parametrize(
    ("words", "iso3"),
    [
        ("cote d'ivoire", "CIV"),
        ("CÔTE D’IVOIRE", "CIV"),
        ("egypte", "EGY"),
        ("ivory coast", "CIV"),
        ("South Korea", "KOR"),
        ("turkey", "TUR"),
        ("bolivia plurinational", "BOL"),
        ("тунис", "TUN"),
        ("اوكرانيا", "UKR"),
        ("أوكرانيا", "UKR"),
        ("乌克兰", "UKR"),
        ("KAZ", "KAZ"),
        ("viet nam", "VNM"),
        ("vietnam", "VNM"),
    ],
)
def test_search_finds_any_name_with_or_without_accents(reference_data, words, iso3):
    assert iso3 in found(words)


def test_search_wants_every_word_and_survives_nonsense(reference_data):
    assert found("tunisia argentina") == []
    assert found("tunisia") == found("TUNISIA\x00") == ["TUN"]
    assert found("%") == found("") == found("'; --") == codes(Country.objects.all())


def test_fold_is_the_same_for_composed_and_decomposed_letters():
    assert fold("Côte") == fold("Co\u0302te") == "cote"


def test_region_tags_are_no_groups_but_have_states(reference_data):
    assert {"TUN", "LBN", "PSE"} <= set(codes(Country.objects.tagged("MENA")))
    assert {"JAM", "TTO"} <= set(codes(Country.objects.tagged("CARIBBEAN")))
    assert len(codes(Country.objects.tagged("WESTERN_AFRICA"))) == 16
    assert not {*RegionTag.objects.values_list("code", flat=True)} & {*RegionalGroup.values}


def test_unconfirmed_regions_stay_empty(reference_data):
    empty = RegionTag.objects.filter(countries=None).values_list("code", flat=True)
    assert sorted(empty) == ["GLOBAL_NORTH", "GLOBAL_SOUTH"]


@pytest.mark.parametrize("code", ["XXX", "kaz", "KZ", "", "KAZ\x00", None, 7])
def test_unknown_code_is_refused_with_a_sentence(reference_data, code):
    with pytest.raises(UnknownCountryError) as refusal:
        country(code)
    assert str(refusal.value).startswith(f"“{code}” is not the ISO alpha-3 code of a member or observer State.")


def test_unknown_code_names_file_and_line(reference_data):
    with pytest.raises(LoadError, match=r"visits\.yaml, line 12: “XXX” is not") as refusal:
        country("XXX", where="visits.yaml, line 12")
    assert str(refusal.value).endswith("Nothing was loaded.")


NEW = {f"name_{language}": "New" for language in ("en", "fr", "es", "ar", "ru", "zh")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"iso3": "XYz"},
        {"iso2": "x1"},
        {"regional_group": ""},
        {"status": UNStatus.OBSERVER},
    ],
)
def test_database_refuses_a_state_that_cannot_be(wrong):
    good = {"iso3": "XYZ", "iso2": "XY", "status": UNStatus.MEMBER, "regional_group": RegionalGroup.AFRICA, **NEW}
    state = Country(**good | wrong)
    with pytest.raises(ValidationError):
        state.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        state.save()


@pytest.mark.django_db
def test_search_text_follows_an_edit_of_one_field():
    state = Country.objects.create(iso3="XYZ", iso2="XY", regional_group=RegionalGroup.AFRICA, **NEW)
    state.name_fr = "Île neuve"
    state.save(update_fields=["name_fr"])
    assert found("ile neuve") == ["XYZ"]
