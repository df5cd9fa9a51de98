"""A family goes to a colleague while something is promised to it: an offer, an answer, a call."""

from handlers import calling
from storage.records import Appointment, MoveState, Role, Why
from storage.store import Store
from tests.agreed import agreed
from tests.diary import in_days, until
from tests.othertimes import WORDS, invited, open_moves, pair, slots_on, time_of, wishes
from tests.phones import Phone, plain, read_all
from tests.stage import Stage
from tests.stories.test_nothing_stays_with_the_former_caseworker import hands_over

AGREE = WORDS["de"]["agree"]


async def cast(stage: Stage) -> tuple[Phone, Phone, Phone]:
    klein, amina = await pair(stage)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    await invited(stage, klein, amina)
    return klein, gross, amina


async def counters(klein: Phone) -> str:
    """Offers another slot than the one that was wished for; its label."""
    await klein.presses("🔁 Gegenvorschlag")
    await klein.sees("Welche Zeit schlagen Sie vor?")
    offered = slots_on(klein)[0]
    await klein.presses(offered)
    await klein.sees("Es fehlt noch die Antwort von: Amina")
    return offered


async def settles(stage: Stage) -> None:
    await stage.forward(seconds=2)
    await read_all(*stage.phones)


async def ahead(stage: Stage, phone: Phone) -> list[Appointment]:
    """All that this caseworker has planned."""
    now = stage.clock.now()

    def look(store: Store) -> list[Appointment]:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        families = store.families.caseload(person.id)
        return [one for family in families for one in store.appointments.ahead(family.id, now)]

    return await stage.machine.archive.read(look)


async def test_an_offer_the_new_caseworker_has_no_time_for_is_taken_back(stage: Stage) -> None:
    klein, gross, amina = await cast(stage)
    wished = await wishes(klein, amina)
    await counters(klein)
    (move,) = await open_moves(stage)
    assert move.offered_at is not None
    await agreed(stage, await stage.family("Birke 3", gross), move.offered_at)
    await read_all(*stage.phones)
    assert AGREE in amina.keyboard

    await hands_over(stage, klein)
    await settles(stage)

    (move,) = await open_moves(stage)
    assert (move.state, move.offered_at) == (MoveState.ASKED, None)
    assert AGREE not in amina.keyboard
    assert "Passt diese Zeit?" not in amina.screen
    assert "Herr Gross" in plain(amina.screen)
    assert "Frau Klein antwortet" not in plain(amina.screen)
    assert "⏰ Noch offen" in gross.screen
    assert time_of(wished) in plain(gross.screen)
    await gross.presses("✅ Annehmen")
    await gross.sees("✅ Neuer Termin:")
    await settles(stage)
    starts = [one.starts_at for one in await ahead(stage, gross)]
    assert len(starts) == len(set(starts)) == 2


async def test_an_offer_the_new_caseworker_has_time_for_still_stands(stage: Stage) -> None:
    klein, _, amina = await cast(stage)
    await wishes(klein, amina)
    offered = await counters(klein)
    await read_all(*stage.phones)

    await hands_over(stage, klein)
    await settles(stage)

    await amina.presses(AGREE)
    await amina.sees("Sie haben zugesagt")
    assert time_of(offered) in plain(amina.screen)
    assert await open_moves(stage) == []
    await settles(stage)


async def test_the_card_of_a_wish_names_whoever_answers_now(stage: Stage) -> None:
    klein, _, amina = await cast(stage)
    await wishes(klein, amina)
    await klein.reads_everything()
    assert "Frau Klein antwortet Ihnen" in plain(amina.screen)

    await hands_over(stage, klein)
    await settles(stage)

    assert "Herr Gross antwortet Ihnen" in plain(amina.screen)
    assert "Frau Klein" not in plain(amina.screen)


async def test_an_open_call_is_told_to_the_new_caseworker(stage: Stage) -> None:
    klein, gross, amina = await cast(stage)
    await until(stage, in_days(stage, 1).at)
    await amina.reads_everything()
    await stage.machine.archive.write(lambda store: owes_a_call(store, stage, amina))
    await stage.forward(minutes=6)
    await klein.sees("Auf Ihrer Anrufliste stehen")
    await read_all(*stage.phones)

    await hands_over(stage, klein)
    await stage.forward(minutes=6)

    await gross.sees("Auf Ihrer Anrufliste stehen")
    await read_all(*stage.phones)


async def test_without_an_open_call_nobody_is_told_of_one(stage: Stage) -> None:
    klein, gross, _ = await cast(stage)

    await hands_over(stage, klein)
    await stage.forward(minutes=6)

    await read_all(*stage.phones)
    assert "Anrufliste" not in gross.screen


def owes_a_call(store: Store, stage: Stage, amina: Phone) -> None:
    person = store.people.by_telegram(amina.account.id)
    family = store.families.of_person(person.id) if person else None
    assert person is not None
    assert family is not None
    (made,) = store.appointments.ahead(family.id, stage.clock.now())
    calling.owe(store, made, person.id, Why.QUESTION, stage.clock.now())
