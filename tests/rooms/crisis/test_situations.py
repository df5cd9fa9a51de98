"""Which numbers stand first for whom: those that answer now, and there those that speak the person's language."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.crisis import calling, screens
from handlers.crisis.numbers import DEFAULTS
from handlers.crisis.situations import HELPING, Situation
from handlers.screen import as_new, words
from locales.languages import shipped
from locales.translator import voice
from storage.records import CrisisNumber
from tests.phones import plain

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
tongues = st.sampled_from(shipped("families"))


def number(
    digits: str, key: str, hours: str = "always", languages: str = "", staff: bool = False
) -> CrisisNumber:
    return CrisisNumber(
        digits, key, hours, 1, first=False, staff_only=staff, confirmed_on=None, languages=languages
    )


listed = st.lists(
    st.builds(
        number,
        st.integers(100, 999).map(str),
        st.sampled_from(screens.KEYS),
        st.sampled_from(["always", "", "mo-fr 09:00-17:00"]),
        st.sampled_from(["", "*", "tr", "tr,ar"]),
        st.booleans(),
    ),
    max_size=8,
)


@given(listed, st.sampled_from(Situation), moments, tongues)
def test_each_kind_stands_there_once_answers_now_and_is_for_families(
    numbers: list[CrisisNumber], situation: Situation, at: datetime, tongue: str
) -> None:
    keys = HELPING[situation].numbers
    found = calling.helping(numbers, keys, at, tongue)

    assert len({one.key for one in found}) == len(found)
    assert all(calling.is_open_now(one.hours, at) and not one.staff_only for one in found)
    answering = {one.key for one in calling.for_families(numbers, at, first_only=False)}
    assert {one.key for one in found} == answering & set(keys)


@given(listed, st.sampled_from(Situation), moments, tongues)
def test_where_the_own_language_is_spoken_stands_before_all_others(
    numbers: list[CrisisNumber], situation: Situation, at: datetime, tongue: str
) -> None:
    keys = HELPING[situation].numbers
    found = calling.helping(numbers, keys, at, tongue)
    spoken = [calling.speaks(one, tongue) for one in found]

    assert spoken == sorted(spoken, reverse=True)
    for speak in (True, False):
        order = [keys.index(one.key) for one in found if calling.speaks(one, tongue) is speak]
        assert order == sorted(order)


def test_interpreters_come_before_the_police_for_whoever_speaks_no_german() -> None:
    keys = HELPING[Situation.VIOLENCE].numbers

    assert [one.number for one in calling.helping(DEFAULTS, keys, NOON, "tr")] == ["116 016", "110"]
    assert [one.number for one in calling.helping(DEFAULTS, keys, NOON, "de")] == ["110", "116 016"]


def test_of_two_lines_of_one_kind_the_one_in_the_own_language_is_shown() -> None:
    lines = [number("1", "pastoral"), number("2", "pastoral", languages="ar"), number("3", "parents")]

    assert [one.number for one in calling.helping(lines, ("pastoral", "parents"), NOON, "ar")] == ["2", "3"]
    assert [one.number for one in calling.helping(lines, ("pastoral", "parents"), NOON, "tr")] == ["1", "3"]


@pytest.mark.parametrize("situation", Situation)
def test_somebody_helps_in_every_situation_day_and_night(situation: Situation) -> None:
    helping = HELPING[situation]
    assert {*helping.numbers, *helping.by_others} <= set(screens.KEYS)
    assert set(helping.by_others) <= set(helping.numbers)
    assert calling.helping(DEFAULTS, helping.numbers, NOON, "ar")
    assert calling.helping(DEFAULTS, helping.by_others, NOON, "ar")


@pytest.mark.parametrize(
    ("shown", "dialled"),
    [
        ("112", "112"),
        ("110", "110"),
        ("116 016", "116016"),
        ("0228 19240", "+4922819240"),
        ("0800 111 0 550", "+498001110550"),
    ],
)
def test_a_phone_can_dial_it(shown: str, dialled: str) -> None:
    assert calling.dialled(shown) == dialled
    method, body = as_new(screens.contact(number(shown, "police")), voice("tr"))
    assert (method, body["phone_number"], body["first_name"]) == ("sendContact", dialled, "🚓 Polis")
    assert "protect_content" not in body


@pytest.mark.parametrize(
    ("tongue", "in_german", "below"), [("tr", "Türkisch", "Türkçe"), ("ar", "Arabisch", "العربية")]
)
@pytest.mark.parametrize("situation", Situation)
def test_the_card_asks_in_german_first_and_says_the_same_below(
    situation: Situation, tongue: str, in_german: str, below: str
) -> None:
    said = words(screens.card(situation, DEFAULTS[:1], tongue), voice(tongue))
    german, between, own = plain(said).partition("Krankenwagen und Feuerwehr\n\n")

    assert said.startswith("🙏 Ich brauche Hilfe.\n")
    assert f"Ich spreche: {in_german}" in german
    assert between
    assert below in own
    assert "112" in german
    assert "112" in own


def test_whoever_speaks_german_shows_it_once() -> None:
    said = words(screens.card(Situation.POISON, DEFAULTS[:1], "de"), voice("de"))

    assert said.count("Ich brauche Hilfe") == 1
    assert "Ich spreche" not in said
