"""Nobody answers a wish for another time: it comes back, goes on the call list, and ends with the truth."""

from datetime import timedelta

import pytest

from handlers import appointed, attending
from handlers.house import opens
from storage.records import Answer, Call, Move, MoveOutcome, Role, Why
from storage.store import Store
from tests import forgery
from tests.diary import until
from tests.othertimes import WORDS, asks, invited, open_moves, pair, slots_on, time_of, wishes
from tests.phones import Phone, plain, read_all
from tests.stage import Stage

TONGUES = pytest.mark.parametrize("tongue", list(WORDS))
BEAT = timedelta(minutes=1)


async def outcome(stage: Stage) -> MoveOutcome | None:
    """What became of the only wish there is."""
    found = await stage.machine.archive.read(_all_moves)
    return found[0].outcome


def _all_moves(store: Store) -> list[Move]:
    ids = [id for family in store.families.all() for id in store.moves.ids_of_family(family.id)]
    return [move for id in ids if (move := store.moves.get(id)) is not None]


async def calls(stage: Stage, phone: Phone) -> list[Call]:
    now = stage.clock.now()

    def look(store: Store) -> list[Call]:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        return [call for call in store.calls.open_of(person.id, now) if call.why is Why.MOVE]

    return await stage.machine.archive.read(look)


@TONGUES
async def test_it_comes_back_each_working_day_and_ends_with_the_wished_time(
    stage: Stage, tongue: str
) -> None:
    said = WORDS[tongue]
    klein, amina = await pair(stage, tongue)
    klein.ignores("Anruf", "📞")
    visit = await invited(stage, klein, amina)
    await wishes(klein, amina, tongue, which=0)  # the day before the old time
    (move,) = await open_moves(stage)
    assert move.slot_at is not None
    assert move.slot_at < visit.at

    await stage.forward(hours=23)
    await klein.sees_nothing()
    await stage.forward(hours=2)
    assert "⏰ Noch offen" in (await klein.sees("⏰ Noch offen: Bitte entscheiden Sie")).words
    assert await calls(stage, klein) == []
    await stage.forward(days=1)
    await klein.sees("⏰ Noch offen")
    await stage.forward(days=1)
    await klein.sees("⏰ Noch offen")
    assert [call.appointment_id for call in await calls(stage, klein)] == [move.appointment_id]
    await until(stage, move.slot_at - timedelta(hours=3) + BEAT)
    await klein.reads_everything()
    assert len(await open_moves(stage)) == 1
    await amina.reads_everything()

    await until(stage, move.slot_at + BEAT)

    assert await open_moves(stage) == []
    assert await outcome(stage) is MoveOutcome.LAPSED
    told = await amina.sees(said["lapsed"])
    assert visit.date in plain(told.words)
    assert said["come"] in told.words
    await klein.sees("⌛ Die Zeit ist um")
    assert [call.why for call in await calls(stage, klein)] == [Why.MOVE]
    await klein.reads_everything()
    await amina.reads_everything()
    await amina.presses("✅")
    await amina.sees(said["yes"])
    await klein.reads_everything()
    await amina.reads_everything()


async def test_when_the_old_time_comes_undecided_both_read_the_truth(stage: Stage) -> None:
    klein, amina = await pair(stage)
    klein.ignores("Anruf", "📞", "⏰ Noch offen", "Andere Zeit gewünscht")
    visit = await invited(stage, klein, amina, days=2)
    await wishes(klein, amina, which=2)

    await until(stage, visit.at - timedelta(hours=3) + BEAT)
    assert len(await calls(stage, klein)) == 1
    await until(stage, visit.at - BEAT)
    await amina.reads_everything()
    assert len(await open_moves(stage)) == 1
    await until(stage, visit.at + BEAT)

    assert await outcome(stage) is MoveOutcome.LAPSED
    told = await amina.sees("Auf Ihren Wunsch kam keine Antwort")
    assert not told.inline
    await klein.sees("⌛ Die Zeit ist um")
    assert len(await calls(stage, klein)) == 1
    await amina.sees("Dieser Termin ist vorbei")
    await klein.reads_everything()
    await amina.reads_everything()


@TONGUES
async def test_nobody_waited_for_who_had_asked_for_another_time(stage: Stage, tongue: str) -> None:
    klein, amina = await pair(stage, tongue)
    klein.ignores("Anruf", "📞", "⏰ Noch offen", "Andere Zeit gewünscht")
    visit = await invited(stage, klein, amina, days=2)
    await wishes(klein, amina, tongue, which=2)
    await until(stage, visit.at + BEAT)
    await read_all(*stage.phones)

    def note(store: Store) -> None:
        (family,) = store.families.all()
        (made,) = store.appointments.ahead(family.id, visit.at - BEAT)
        circle = appointed.known(store, made.id)
        (parent,) = circle.parents
        now = visit.at + timedelta(hours=2)
        attending.note(store, circle, parent, came=False, by=circle.caseworker, now=now)

    klein.minds("Wer war da?")
    await until(stage, visit.at + timedelta(hours=2))
    await stage.machine.archive.write(note)
    await stage.forward(hours=9)

    await klein.sees_nothing()
    await amina.sees_nothing()
    assert len(await calls(stage, klein)) == 1


async def test_a_wish_shortly_before_goes_on_the_call_list_at_once(stage: Stage) -> None:
    klein, amina = await pair(stage)
    visit = await invited(stage, klein, amina, days=1)
    amina.ignores("🔔")
    await until(stage, visit.at - timedelta(hours=1))
    await amina.reads_everything()
    await klein.reads_everything()

    await asks(amina)
    await amina.presses(slots_on(amina)[0])

    await amina.sees("Bis dahin gilt der alte Termin")
    assert "📞 Auf Ihrer Anrufliste: Amina" in (await klein.sees("Andere Zeit gewünscht")).words
    assert len(await calls(stage, klein)) == 1
    await klein.reads_everything()
    await amina.reads_everything()


async def test_an_offer_nobody_answers_goes_back_and_on_the_call_list(stage: Stage) -> None:
    klein, amina = await pair(stage)
    klein.ignores("Anrufliste: 1", "Anrufen")
    await invited(stage, klein, amina, days=9)
    await wishes(klein, amina)
    await klein.presses("🔁 Gegenvorschlag")
    await klein.sees("Welche Zeit schlagen Sie vor?")
    found = slots_on(klein)
    await klein.presses(found[0])
    await klein.sees("Es fehlt noch die Antwort von: Amina")
    await amina.sees("Passt diese Zeit?")
    await amina.sees("Passt diese Zeit?")

    await stage.forward(hours=24, minutes=1)

    again = await klein.sees("⏰ Noch offen")
    assert "Es fehlt noch die Antwort von: Amina" in again.words
    assert "📞 Auf Ihrer Anrufliste: Amina" in again.words
    assert len(await calls(stage, klein)) == 1
    await klein.reads_everything()
    await amina.presses("✅ Ja, das passt")  # it still stands
    await amina.sees("Sie haben zugesagt")
    await amina.sees("Sie haben zugesagt")
    await klein.sees("✅ Ihr Vorschlag passt: Amina")
    assert await calls(stage, klein) == []
    assert await outcome(stage) is MoveOutcome.MOVED
    await klein.reads_everything()


async def test_a_start_brings_back_timers_that_were_lost(stage: Stage) -> None:
    klein, amina = await pair(stage)
    await invited(stage, klein, amina)
    await wishes(klein, amina)
    (move,) = await open_moves(stage)
    await stage.machine.archive.write(lambda store: store.timers.drop("moving.open", move.id))
    now = stage.clock.now()

    await stage.machine.archive.write(lambda store: opens(store, now))

    assert await open_moves(stage) == [move]
    await stage.forward(days=1, hours=2)
    await klein.sees("⏰ Noch offen")


async def test_the_family_is_handed_over_and_so_is_the_wish(stage: Stage) -> None:
    klein, amina = await pair(stage)
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    await invited(stage, klein, amina)
    wished = await wishes(klein, amina)
    await klein.reads_everything()
    await klein.presses("👪 Familien")
    await klein.sees("Familien")
    await klein.presses("Ahorn 12")
    await klein.sees("Amina")
    await klein.presses("⋯")
    await klein.sees("Ahorn 12")
    await klein.presses("bergeben")
    await klein.sees("Wer führt die Familie ab jetzt")
    await klein.presses("Herr Gross")
    await klein.sees("Ab jetzt bei: Herr Gross")
    await klein.presses("✅ Ja, übergeben")
    await klein.sees("jetzt bei: Herr Gross")
    await gross.sees("Diese Familie ist jetzt bei Ihnen")
    await amina.sees("Für Sie ist jetzt da: Herr Gross")
    await amina.sees("Herr Gross antwortet")
    await stage.forward(seconds=2)

    wish = await gross.sees("⏰ Noch offen")
    assert time_of(wished) in plain(wish.words)
    (move,) = await open_moves(stage)
    assert "Andere Zeit gewünscht" not in klein.screen
    await gross.presses("✅ Annehmen")
    await gross.sees("✅ Neuer Termin:")
    await amina.sees(time_of(wished))
    await amina.sees(time_of(wished))
    assert move.slot_at is not None
    await klein.reads_everything()
    await gross.reads_everything()


async def test_a_yes_to_the_old_time_ends_the_wish(stage: Stage) -> None:
    klein, amina = await pair(stage)
    await invited(stage, klein, amina)
    await amina.presses("📅 Termine")
    older = await amina.sees("Kommen Sie?")
    assert older.inline
    yes = older.inline[0][0]["callback_data"]
    await wishes(klein, amina)
    await amina.reads_everything()
    await forgery.answer(forgery.presses(amina, yes, older.message_id))

    await amina.sees("Sie haben zugesagt")
    await klein.sees("Der Wunsch gilt nicht mehr")
    await klein.sees("Zusage von: Amina")
    await klein.sees("✅ Ja: Amina")
    assert await open_moves(stage) == []
    assert await outcome(stage) is MoveOutcome.WITHDRAWN
    (move,) = await stage.machine.archive.read(_all_moves)
    answers = await stage.machine.archive.read(lambda store: store.appointments.answers(move.appointment_id))
    assert list(answers.values()) == [Answer.YES]
    await amina.reads_everything()


async def test_an_older_card_that_only_says_another_time_is_asked_for_which(stage: Stage) -> None:
    klein, amina = await pair(stage)
    await invited(stage, klein, amina)
    (id,) = await stage.machine.archive.read(
        lambda store: [id for one in store.families.all() for id in store.appointments.ids_of_family(one.id)]
    )

    await forgery.answer(forgery.presses(amina, f"appointments:move:{id}:1"))

    await amina.sees("Wann passt es besser?")
    assert await open_moves(stage) == []
    await klein.sees_nothing()
