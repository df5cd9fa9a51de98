"""Fifty families, fifty appointments, fifty answers in the same moment: nobody gets somebody else's."""

import asyncio

from handlers.calendar import Draft
from handlers.planning import actions
from storage.records import Family, Role
from storage.store import Store
from tests.diary import in_days
from tests.phones import Phone, plain
from tests.stage import Stage

MANY = 50
SIGNS = ("✅ Ja", "❌ Nein", "❓ Nicht verstanden")
SHEET = ("✅ Ja: {}", "❌ Nein: {}", "❓ {}: nicht verstanden")
SAID = ("zugesagt", "abgesagt", "Wir erklären es Ihnen")


async def fill_the_house(stage: Stage, caseworker: Phone) -> tuple[list[Family], list[Phone]]:
    """So many families with a parent each, come in through invitations all at once."""
    families = [await stage.family(f"Ahorn {n:02}", caseworker) for n in range(MANY)]
    phones = [stage.stranger(f"P{n:02}", "de") for n in range(MANY)]
    codes = [await stage.invitation(Role.PARENT, f"P{n:02}", families[n]) for n in range(MANY)]
    await asyncio.gather(*(phone.types(f"/start {code}") for phone, code in zip(phones, codes, strict=True)))
    await stage.quiet()
    for phone in phones:
        await stage.lets_in(phone)
    return families, phones


async def test_every_answer_finds_its_card(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    families, phones = await fill_the_house(stage, berger)
    visit, now = in_days(stage, 5), stage.clock.now()

    def invite_all(store: Store) -> None:
        caseworker = store.people.by_telegram(berger.account.id)
        for n, family in enumerate(families):
            draft = Draft("k", subject=family.id, kind="counselling", day=visit.day, hour=10, minute=30)
            placed = Draft(**{**draft.content(), "day": visit.day, "place": f"Raum {n:02}"})
            circle = actions.send(store, placed, family, by=caseworker, now=now)
            actions.keep_as_card(store, circle, caseworker, None, now)

    await stage.machine.archive.write(invite_all)
    for n, phone in enumerate(phones):
        await phone.sees(f"Raum {n:02}")

    await asyncio.gather(*(phone.presses(SIGNS[n % 3]) for n, phone in enumerate(phones)))
    await stage.quiet()

    for n, phone in enumerate(phones):
        card = await phone.sees(f"Raum {n:02}")
        assert SAID[n % 3] in card.words
        assert not [m for m in phone.account.messages.values() if "Raum" in m.words and m is not card]
    sheets = [m for m in berger.account.messages.values() if "Antworten:" in m.words]
    shown = sorted(plain(sheet.words).splitlines()[-1].removeprefix("• ") for sheet in sheets)
    assert shown == sorted(SHEET[n % 3].format(f"P{n:02}") for n in range(MANY))
    told = [m for m in berger.account.messages.values() if " von: P" in plain(m.words)]
    assert len(told) == MANY
    await berger.reads_everything()
