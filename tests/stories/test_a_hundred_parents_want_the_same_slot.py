"""A hundred parents of a hundred families tap the same free slot in the same moment: one gets it, all are told."""

import asyncio
from collections import Counter

import pytest

from handlers.calendar import Draft
from handlers.planning import actions
from storage.records import Role
from storage.store import Store
from tests.diary import in_days
from tests.othertimes import a_quiet_tuesday, open_moves, slots_on
from tests.phones import Phone, plain, read_all
from tests.stage import Stage

MANY = 100


async def fill_the_house(stage: Stage, klein: Phone) -> list[Phone]:
    """So many families with a parent and an appointment each, all of them known to one caseworker."""
    families = [await stage.family(f"Ahorn {n:03}", klein) for n in range(MANY)]
    phones = [stage.stranger(f"P{n:03}", ("de", "tr", "ar")[n % 3]) for n in range(MANY)]
    codes = [await stage.invitation(Role.PARENT, f"P{n:03}", families[n]) for n in range(MANY)]
    await asyncio.gather(*(phone.types(f"/start {code}") for phone, code in zip(phones, codes, strict=True)))
    await stage.quiet()
    for phone in phones:
        await stage.lets_in(phone)
    visit, now = in_days(stage, 7), stage.clock.now()

    def invite_all(store: Store) -> None:
        caseworker = store.people.by_telegram(klein.account.id)
        assert caseworker is not None
        for family in families:
            draft = Draft("k", subject=family.id, kind="counselling", day=visit.day, hour=10, minute=30)
            placed = Draft(**{**draft.content(), "day": visit.day, "place": "Raum 1"})
            actions.send(store, placed, family, by=caseworker, now=now)

    await stage.machine.archive.write(invite_all)
    for phone in phones:
        await phone.sees("Raum 1")
    return phones


@pytest.mark.timeout(240)
async def test_exactly_one_holds_it_and_the_others_read_so(stage: Stage) -> None:
    await a_quiet_tuesday(stage)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    phones = await fill_the_house(stage, klein)
    await asyncio.gather(*(phone.presses("🔁") for phone in phones))
    await stage.quiet()
    offered = [slots_on(phone) for phone in phones]
    assert {tuple(label[-5:] for label in labels) for labels in offered} == {
        tuple(label[-5:] for label in offered[0])
    }
    assert len(offered[0]) == 3
    await read_all(*phones)

    toasts = await asyncio.gather(
        *(phone.presses(labels[1]) for phone, labels in zip(phones, offered, strict=True))
    )
    await stage.quiet()

    (held,) = await open_moves(stage)
    assert held.slot_at is not None
    told = Counter(toast and toast[0] for toast in toasts)
    assert told["🔁"] == 1
    assert sum(told.values()) == MANY
    winner = next(n for n, toast in enumerate(toasts) if toast and toast.startswith("🔁"))
    for n, phone in enumerate(phones):
        card = phone.account.messages[max(phone.account.messages)]
        if n == winner:
            assert len(slots_on(phone)) == 0
            assert offered[n][1][-5:] in plain(card.words)
        else:
            assert len(slots_on(phone)) == 3, "fresh slots"
            assert offered[n][1] not in slots_on(phone)
        await phone.reads_everything()
    wishes = [m for m in klein.account.messages.values() if "Andere Zeit gewünscht" in m.words]
    assert len(wishes) == 1
    await klein.reads_everything()
