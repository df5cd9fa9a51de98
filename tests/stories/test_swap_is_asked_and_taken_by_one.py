"""A shift is offered in the chat: one colleague takes it, however many say yes, and everybody sees who."""

import asyncio
from datetime import timedelta

from storage.records import Role, SwapState
from tests.phones import Phone
from tests.shifts import at, goes_off, one_step, person_of, plans, shifts, today, winds_to
from tests.stage import Stage

OFFERED = "fragt: Übernehmen Sie diese Schicht?"
TAKES = "✅ Ich übernehme die Schicht"


async def offers(koch: Phone, to: str) -> None:
    """Frau Koch offers her first shift."""
    await koch.presses("☎️ Rufbereitschaft")
    await koch.sees("Niemand ist in Rufbereitschaft")
    await koch.presses("📅 Meine Schichten")
    shown = await koch.sees("Ihre Schichten der nächsten vier Wochen")
    label = (shown.inline or [])[0][0]["text"]
    await koch.presses(label)
    await koch.sees("Stufe 1")
    await koch.presses("🔁 Tausch anfragen")
    await koch.sees("Wer soll diese Schicht übernehmen?")
    await koch.presses(to)
    await koch.toasted("unterwegs")


async def cast(stage: Stage) -> tuple[Phone, Phone, Phone, Phone]:
    await one_step(stage)
    weber = await stage.staff("Herr Weber", Role.LEAD)
    koch, neu, alt = [await stage.staff(name, Role.ON_CALL) for name in ("Frau Koch", "Herr Neu", "Frau Alt")]
    await goes_off(stage, koch, neu, alt)
    tomorrow = today(stage, 1)
    await plans(stage, koch, at(tomorrow, 12), at(tomorrow, 20))
    weber.ignores("Hier hört niemand", "Die Lücken im Dienstplan")
    return weber, koch, neu, alt


async def test_a_colleague_who_is_asked_takes_the_shift(stage: Stage) -> None:
    weber, koch, neu, alt = await cast(stage)
    await offers(koch, "Herr Neu")
    await koch.sees("Sie haben Herr Neu gefragt")
    await neu.sees(OFFERED)
    await neu.presses(TAKES)
    await neu.toasted("ist jetzt bei Ihnen")
    await neu.sees("Sie haben die Schicht übernommen")
    await koch.sees("Herr Neu übernimmt die Schicht von Frau Koch")
    await weber.sees("Herr Neu übernimmt die Schicht von Frau Koch")
    await alt.sees_nothing()
    await winds_to(stage, at(today(stage, 1), 12))
    await neu.sees("Ihre Schicht hat begonnen")
    await koch.sees_nothing()


async def test_of_two_who_say_yes_at_once_one_takes_it(stage: Stage) -> None:
    weber, koch, neu, alt = await cast(stage)
    await offers(koch, "🙋 Alle fragen")
    await koch.sees("Sie haben alle gefragt")
    for phone in (neu, alt):
        await phone.sees(OFFERED)
    await asyncio.gather(neu.presses(TAKES), alt.presses(TAKES))
    await stage.quiet()
    toasts = sorted([str(neu.toast), str(alt.toast)])
    assert toasts == ["Die Schicht ist jetzt bei Ihnen.", "Diese Frage ist schon erledigt."]
    winner, other = (neu, alt) if "jetzt bei Ihnen" in str(neu.toast) else (alt, neu)
    await winner.sees("Sie haben die Schicht übernommen")
    await other.sees("übernimmt die Schicht von Frau Koch")
    await koch.sees("übernimmt die Schicht von Frau Koch")
    await weber.sees("übernimmt die Schicht von Frau Koch")
    (shift,) = await shifts(stage)
    who = await stage.machine.archive.read(lambda store: person_of(store, winner).id)
    assert shift.person_id == who


async def test_whoever_says_no_is_heard_and_somebody_else_is_asked(stage: Stage) -> None:
    _, koch, neu, alt = await cast(stage)
    await offers(koch, "Herr Neu")
    await koch.sees("Sie haben Herr Neu gefragt")
    await neu.sees(OFFERED)
    await neu.presses("🙅 Ich kann nicht")
    await neu.sees("Sie haben Frau Koch abgesagt")
    await koch.sees("Herr Neu kann diese Schicht nicht übernehmen")
    await koch.presses("🙋 Jemand anders fragen")
    await koch.sees("Wer soll diese Schicht übernehmen?")
    await koch.presses("Frau Alt")
    await koch.sees("Sie haben Frau Alt gefragt")
    await alt.sees(OFFERED)
    await koch.presses("↩️ Anfrage zurücknehmen")
    await koch.toasted("zurückgenommen")
    await koch.sees("Stufe 1")
    await alt.sees("Die Frage hat sich erledigt")


async def test_a_question_lapses_when_the_shift_begins(stage: Stage) -> None:
    _, koch, neu, _ = await cast(stage)
    await offers(koch, "Herr Neu")
    await koch.sees("Sie haben Herr Neu gefragt")
    shown = await neu.sees(OFFERED)
    carried = (shown.inline or [])[0][0]["callback_data"]
    await winds_to(stage, at(today(stage, 1), 12))
    await neu.sees("Die Frage hat sich erledigt")
    await koch.sees("Ihre Schicht hat begonnen")
    query = neu.hand.forges(shown.message_id, carried)
    assert await query.answer(5.0)
    assert "schon erledigt" in query.text
    await neu.reads_everything()
    (shift,) = await shifts(stage)
    states = await stage.machine.archive.read(
        lambda store: [one.state for one in store.rota.swaps_of(shift.id)]
    )
    assert states == [SwapState.WITHDRAWN]


async def test_nobody_takes_a_shift_while_holding_another(stage: Stage) -> None:
    _, koch, neu, _ = await cast(stage)
    tomorrow = today(stage, 1)
    await plans(stage, neu, at(tomorrow, 19), at(tomorrow, 23))
    await offers(koch, "Herr Neu")
    await koch.sees("Sie haben Herr Neu gefragt")
    await neu.sees(OFFERED)
    await neu.presses(TAKES)
    await stage.quiet()
    assert "schon eine Schicht" in f"{neu.toast} {neu.screen}"
    await neu.reads_everything()
    assert {one.ends_at - one.starts_at for one in await shifts(stage)} == {
        timedelta(hours=8),
        timedelta(hours=4),
    }
