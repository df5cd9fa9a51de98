"""A caseworker types a whole appointment in one line, reads what was understood, and confirms it."""

from datetime import timedelta

import pytest

from locales.zone import here
from storage.records import Role
from tests.phones import Phone
from tests.stage import Stage


def in_days(stage: Stage, days: int) -> str:
    """A day as everybody may write it."""
    return (stage.clock.now().astimezone(here()) + timedelta(days=days)).strftime("%d.%m.")


async def sent(caseworker: Phone, parent: Phone, *words: str) -> None:
    await caseworker.presses("✅ Send")
    await caseworker.sees("⏳")
    card = await parent.sees(words[0])
    for word in words:
        assert word in card.words


async def test_what_was_understood_is_confirmed_and_sent(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    elif_ = await stage.parent("Elif", "tr", await stage.family("F. Demir", koch))

    await koch.types(f"F. Demir {in_days(stage, 3)} 14:30 Hausbesuch")

    shown = await koch.sees("✍️ Das habe ich verstanden:")
    assert "F. Demir" in shown.words
    assert "14:30" in shown.words
    assert "Hausbesuch" in shown.words
    await elif_.sees_nothing()
    await sent(koch, elif_, "14:30")


async def test_english_words_do_as_well(stage: Stage) -> None:
    grace = await stage.staff("Grace", Role.CASEWORKER, language="en")
    await grace.presses("English")
    await grace.sees("Welcome to Pänz")
    await grace.reads_everything()
    yusuf = await stage.parent("Yusuf", "ar", await stage.family("Demir", grace))
    day = stage.clock.now().astimezone(here()) + timedelta(days=3)

    await grace.types(f"Demir {day:%a} 2:30pm home visit")

    await grace.sees("✍️ This is what I understood:")
    await sent(grace, yusuf, "14:30", f"{day:%d.%m.%Y}")


async def test_everything_can_be_changed_before_it_is_sent(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    elif_ = await stage.parent("Elif", "tr", await stage.family("Demir", koch))
    await koch.types(f"Demir {in_days(stage, 3)} 14:30 Hausbesuch")
    await koch.sees("Das habe ich verstanden")

    for _ in ("place", "minute", "hour"):
        await koch.presses("◀️ Zurück")
    await koch.presses("16 Uhr")
    await koch.sees("Um wie viel Uhr genau?")
    await koch.presses("16:15")

    await koch.sees("16:15")
    await sent(koch, elif_, "16:15")


async def test_what_is_missing_is_asked_and_nothing_twice(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    elif_ = await stage.parent("Elif", "tr", await stage.family("Familie Yılmaz", koch))

    await koch.types(f"yilmaz {in_days(stage, 3)} halb vier Hausbesuch")

    asked = await koch.sees("✍️ Verstanden habe ich:")
    assert "Familie Yılmaz" in asked.words
    await koch.presses("15 Uhr")
    await koch.presses("15:30")
    await koch.sees("15:30")
    await sent(koch, elif_, "15:30")


async def test_a_place_is_asked_where_the_line_names_none(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    elif_ = await stage.parent("Elif", "tr", await stage.family("Demir", koch))
    await koch.types("Demir übermorgen 14h Beratung")
    await koch.sees("Verstanden habe ich")

    await koch.types("Jobcenter, Zimmer 12")

    await koch.sees("📍 Jobcenter, Zimmer 12")
    await sent(koch, elif_, "14:00", "Jobcenter, Zimmer 12")


async def test_one_of_several_families_is_chosen_by_button(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    elif_ = await stage.parent("Elif", "tr", await stage.family("Demir Poll", koch))
    other = await stage.parent("Ayla", "tr", await stage.family("Demir Eil", koch))

    await koch.types(f"Demir {in_days(stage, 3)} 14:30 Hausbesuch")

    await koch.sees("Welche Familie ist gemeint?")
    await koch.presses("Demir Poll")
    await koch.sees("14:30")
    await sent(koch, elif_, "14:30")
    await other.sees_nothing()


async def test_with_two_parents_she_says_who_is_asked(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    family = await stage.family("Demir", koch)
    elif_ = await stage.parent("Elif", "tr", family)
    father = await stage.parent("Murat", "de", family)

    await koch.types(f"Demir {in_days(stage, 3)} 14:30 Hausbesuch")
    await koch.sees("Verstanden habe ich")
    await koch.presses("Elif")

    await koch.sees("14:30")
    await sent(koch, elif_, "14:30")
    await father.sees_nothing()


@pytest.mark.parametrize("text", ["Demir", "Wie geht es der Familie Demir?", "Müller Do 14:30 Hausbesuch"])
async def test_what_is_no_clear_plan_is_answered_as_before(stage: Stage, text: str) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    weber = await stage.staff("Herr Weber", Role.CASEWORKER)
    await stage.family("Demir", koch)
    await stage.family("Müller", weber)

    await koch.types(text)

    await koch.sees("nicht verstanden")


async def test_a_line_typed_in_another_conversation_stays_there(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    await stage.family("Demir", koch)
    await koch.presses("👪 Familien")
    await koch.sees("👪")
    await koch.presses("➕ Neue Familie")
    await koch.sees("Wie soll die Familie hier heißen?")

    await koch.types("Demir Do 14:30")

    await koch.sees("Noch niemand ist verbunden")


async def test_a_second_line_begins_anew(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    elif_ = await stage.parent("Elif", "tr", await stage.family("Demir", koch))
    await koch.types(f"Demir {in_days(stage, 3)} 14:30 Hausbesuch")
    await koch.sees("14:30")

    await koch.types(f"Demir {in_days(stage, 4)} 9:15 Hausbesuch")

    shown = await koch.sees("09:15")
    assert in_days(stage, 4) in shown.words
    await sent(koch, elif_, "09:15")
