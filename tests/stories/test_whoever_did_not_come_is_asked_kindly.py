"""Afterwards: one tap says who came; whoever did not is asked how they are, once and by day."""

from datetime import date, timedelta

import pytest

from storage.records import Answer, Appointment, Role
from storage.store import Store
from tests.diary import on, until
from tests.expected import agrees, family_of, says, tuesday
from tests.phones import Phone, plain, read_all
from tests.stage import Stage
from tests.stories.test_a_deputy_sees_families_from_day_to_day import names_a_deputy

DAY = timedelta(days=1)
WAITED = {"de": "Wir haben heute auf Sie gewartet", "tr": "Bugün sizi bekledik", "ar": "انتظرناكم اليوم"}
WELL = {"de": "Geht es Ihnen gut?", "tr": "İyi misiniz?", "ar": "هل أنتم بخير؟"}
FINE = {"de": "🙂 Ja, alles gut", "tr": "🙂 Evet", "ar": "🙂 نعم"}
AGAIN = {"de": "📅 Neuer Termin", "tr": "📅 Yeni randevu", "ar": "📅 موعد جديد"}
CALL = {"de": "📞 Bitte anrufen", "tr": "📞 Lütfen arayın", "ar": "📞 يُرجى الاتصال بي"}
THANKS = {"de": "Danke", "tr": "Teşekkürler", "ar": "شكرًا لكم"}


async def cast(
    stage: Stage, tongue: str = "de", said: Answer | None = Answer.YES, clock: str = "14:30"
) -> tuple[Phone, Phone, date, Appointment]:
    """Amina and Frau Klein have agreed on tomorrow; it is the hour after the visit was to begin."""
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", tongue, await stage.family("Ahorn 12", klein))
    day = await tuesday(stage) + DAY
    visit = await agrees(stage, klein, await family_of(stage, amina), on(day, clock))
    if said is not None:
        await says(stage, amina, visit, said)
    await until(stage, on(day, clock) + timedelta(minutes=45))
    await read_all(*stage.phones)
    return klein, amina, day, visit


async def opens_the_list(klein: Phone, appointments: int = 1) -> str:
    assert f"Termine: {appointments}" in plain((await klein.sees("Wer war da?")).words)
    await klein.presses("📝 Jetzt eintragen")
    return plain((await klein.sees("war nicht da")).words)


async def did_not_come(stage: Stage, klein: Phone, day: date) -> None:
    await until(stage, on(day, "17:31"))
    await opens_the_list(klein)
    await klein.presses("1 ❌ Amina")
    await klein.toasted("war nicht da")
    await klein.sees("Wer war da?")


@pytest.mark.parametrize("tongue", sorted(WAITED))
async def test_she_did_not_come_and_is_well(stage: Stage, tongue: str) -> None:
    klein, amina, day, _ = await cast(stage, tongue)
    await until(stage, on(day, "17:29"))
    await klein.sees_nothing()
    await until(stage, on(day, "17:31"))
    asked = await klein.sees("Wer war da?")
    assert "Ahorn" not in plain(asked.words)
    await klein.presses("📝 Jetzt eintragen")
    listed = plain((await klein.sees("1 · ")).words)
    assert "Ahorn 12" in listed
    assert "14:30" in listed
    await klein.presses("1 ❌ Amina")
    await klein.sees("Wer war da?")
    await amina.sees_nothing()

    await stage.forward(minutes=6)

    question = plain((await amina.sees(WAITED[tongue])).words)
    assert WELL[tongue] in question
    await amina.presses(FINE[tongue])
    await amina.sees("🙂")
    told = plain((await klein.sees("es geht gut: Amina")).words)
    assert "Ahorn 12" in told
    await until(stage, on(day + 3 * DAY, "12:00"))
    await amina.sees_nothing()
    await klein.presses("📞 Anrufe")
    await klein.sees("ist leer")


@pytest.mark.parametrize(("noted", "sign"), [("1 ❌ Amina", "➖"), ("1 ✅ Amina", "✅")])
async def test_the_week_shows_who_came_and_no_longer_what_had_been_said(
    stage: Stage, noted: str, sign: str
) -> None:
    klein, _, day, _ = await cast(stage)
    await until(stage, on(day, "17:31"))
    await opens_the_list(klein)
    await klein.presses(noted)
    await klein.sees("Wer war da?")

    await klein.types("/week")

    shown = plain((await klein.sees("bis")).words)
    assert f"{sign} 14:30 Ahorn 12" in shown
    assert f"{sign} 1" in shown


@pytest.mark.parametrize("tongue", sorted(WAITED))
@pytest.mark.parametrize(
    ("buttons", "told", "why"),
    [
        (AGAIN, "möchte einen neuen Termin", "war nicht da, möchte neuen Termin"),
        (CALL, "bittet um einen Anruf", "war nicht da, bittet um Anruf"),
    ],
)
async def test_what_she_wishes_stands_on_the_call_list(
    stage: Stage, tongue: str, buttons: dict[str, str], told: str, why: str
) -> None:
    klein, amina, day, _ = await cast(stage, tongue)
    await did_not_come(stage, klein, day)
    await stage.forward(minutes=6)
    await amina.sees(WAITED[tongue])

    await amina.presses(buttons[tongue])

    await amina.sees(THANKS[tongue])
    await klein.sees(told)
    await klein.presses("📞 Zum Anruf")
    assert why in plain((await klein.sees("Die Nummer steht")).words)
    await until(stage, on(day + 3 * DAY, "12:00"))
    await amina.sees_nothing()


async def test_a_day_of_silence_puts_her_on_the_call_list(stage: Stage) -> None:
    klein, amina, day, _ = await cast(stage)
    await did_not_come(stage, klein, day)
    await stage.forward(minutes=6)
    await amina.sees("Wir haben heute")

    await until(stage, on(day + DAY, "17:50"))

    await klein.sees("Anrufliste stehen")
    await klein.presses("📞 Anrufliste")
    await klein.sees("Amina: war nicht da, keine Nachricht")
    await amina.presses("🙂 Ja, alles gut")
    await amina.sees("🙂")
    await klein.sees("es geht gut: Amina")
    await klein.presses("📞 Anrufe")
    await klein.sees("ist leer")


async def test_who_came_hears_nothing(stage: Stage) -> None:
    klein, amina, day, _ = await cast(stage, said=None)
    await until(stage, on(day, "17:31"))
    await opens_the_list(klein)

    await klein.presses("1 ✅ Amina")

    await klein.toasted("war da")
    await klein.sees("Wer war da?")
    await until(stage, on(day + 3 * DAY, "12:00"))
    await amina.sees_nothing()
    await klein.sees_nothing()


async def test_a_slip_is_corrected_before_it_reaches_her(stage: Stage) -> None:
    klein, amina, day, _ = await cast(stage)
    await did_not_come(stage, klein, day)
    await stage.forward(minutes=4)

    await klein.presses("1 ❌ Amina")
    await klein.sees("Amina: war nicht da")
    await klein.presses("✅ Amina war da")
    await klein.sees("Amina: war da")

    await until(stage, on(day + 3 * DAY, "12:00"))
    await amina.sees_nothing()
    await klein.sees_nothing()


async def test_a_later_correction_is_said_to_her_and_she_is_not_asked_twice(stage: Stage) -> None:
    klein, amina, day, visit = await cast(stage, "tr")
    await did_not_come(stage, klein, day)
    await stage.forward(minutes=6)
    question = await amina.sees(WAITED["tr"])
    query = klein.hand.forges(next(reversed(klein.account.messages)), f"attendance:note:{visit.id}:1")
    assert await query.answer(5.0)
    await klein.sees("Amina: war nicht da")

    await klein.presses("✅ Amina war da")
    await klein.sees("Amina: war da")
    await stage.forward(seconds=1)
    assert await amina.sees("Geldiniz, teşekkürler") is question
    await klein.presses("❌ Amina fehlte")
    await klein.sees("Amina: war nicht da")
    await until(stage, on(day, "19:00"))

    await amina.sees_nothing()
    await klein.sees("Anrufliste stehen")


async def test_in_a_quiet_night_nobody_is_asked(stage: Stage) -> None:
    klein, amina, day, visit = await cast(stage)
    await until(stage, on(day, "21:30"))
    await klein.reads_everything()
    query = klein.hand.forges(
        next(reversed(klein.account.messages)), f"attendance:missed:{visit.id}:{await id_of(stage, amina)}"
    )
    assert await query.answer(5.0)
    await klein.sees("Wer war da?")
    await until(stage, on(day + DAY, "07:59"))
    await amina.sees_nothing()

    await until(stage, on(day + DAY, "08:01"))

    question = plain((await amina.sees("Wir haben auf Sie gewartet")).words)
    assert f"{day:%d.%m.%Y}" in question


@pytest.mark.parametrize("said", [Answer.NO, Answer.MOVE])
async def test_who_had_said_no_is_neither_asked_about_nor_asked(stage: Stage, said: Answer) -> None:
    klein, amina, day, visit = await cast(stage, said=said)
    await until(stage, on(day + DAY, "18:00"))
    await klein.sees_nothing()
    query = klein.hand.forges(
        next(reversed(klein.account.messages)), f"attendance:wasnot:{visit.id}:{await id_of(stage, amina)}"
    )
    assert await query.answer(5.0)
    await klein.sees("Amina: war nicht da")

    await until(stage, on(day + 3 * DAY, "12:00"))

    await amina.sees_nothing()
    await klein.sees_nothing()


async def test_who_said_she_is_late_is_called_and_not_asked(stage: Stage) -> None:
    klein, amina, day, visit = await cast(stage)
    mine = await id_of(stage, amina)
    await stage.machine.archive.write(lambda store: store.appointments.late(visit.id, mine, 30))
    await did_not_come(stage, klein, day)

    await stage.forward(minutes=15)

    await amina.sees_nothing()
    await klein.sees("Anrufliste stehen")


async def test_all_of_a_day_are_one_message_and_later_is_the_next_evening(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    phones = [
        await stage.parent(f"Bente {n}", "de", await stage.family(f"Birke {n}", klein)) for n in range(3)
    ]
    day = await tuesday(stage) + DAY
    for phone, clock in zip(phones, ("10:30", "14:30", "17:00"), strict=True):
        visit = await agrees(stage, klein, await family_of(stage, phone), on(day, clock))
        await says(stage, phone, visit, Answer.YES)
        phone.ignores("Termin")
    await until(stage, on(day, "17:29"))
    await klein.reads_everything()

    await until(stage, on(day, "17:31"))
    listed = await opens_the_list(klein, 2)
    assert "Birke 2" not in listed  # not over yet
    await klein.presses("⏰ Später")
    await klein.sees("Ich frage Sie wieder")
    await until(stage, on(day + DAY, "09:01"))
    listed = await opens_the_list(klein, 3)
    assert "Birke 2" in listed
    await klein.presses("1 ✅ Bente 0")
    await klein.sees("Wer war da?")
    await until(stage, on(day + DAY, "17:31"))
    await opens_the_list(klein, 2)


async def test_a_deputy_notes_it_too(stage: Stage) -> None:
    gross = await stage.staff("Herr Gross", Role.CASEWORKER)
    klein, amina, day, _ = await cast(stage)
    await names_a_deputy(klein, "Herr Gross")
    await gross.sees("Sie vertreten jetzt")
    await klein.sees("werden jetzt vertreten")
    await until(stage, on(day, "17:31"))
    await klein.sees("Wer war da?")

    await opens_the_list(gross)
    await gross.presses("1 ❌ Amina")
    await gross.sees("Wer war da?")
    await stage.forward(minutes=6)

    await amina.sees("Wir haben heute")
    await amina.presses("📞 Bitte anrufen")
    await amina.sees("Danke")
    await klein.sees("bittet um einen Anruf")
    await gross.sees("bittet um einen Anruf")


async def test_strangers_note_and_answer_nothing(stage: Stage) -> None:
    other = await stage.staff("Frau Sommer", Role.CASEWORKER)
    klein, amina, day, visit = await cast(stage)
    eda = await stage.parent("Eda", "de", await stage.family("Erle", klein))
    await did_not_come(stage, klein, day)
    await stage.forward(minutes=6)
    await amina.sees("Wir haben heute")
    mine = await id_of(stage, amina)
    for verb in ("note", "open", "came", "missed", "was", "wasnot"):
        query = other.hand.forges(
            next(reversed(other.account.messages)), f"attendance:{verb}:{visit.id}:{mine}"
        )
        assert await query.answer(5.0)
        assert "nicht zu Ihren" in (query.text or ""), verb
    query = eda.hand.forges(next(reversed(eda.account.messages)), f"attendance:fine:{visit.id}")
    assert await query.answer(5.0)
    await klein.sees_nothing()


async def id_of(stage: Stage, phone: Phone) -> str:
    def found(store: Store) -> str:
        person = store.people.by_telegram(phone.account.id)
        assert person is not None
        return person.id

    return await stage.machine.archive.read(found)


async def test_whoever_never_got_the_invitation_is_called_and_not_asked(stage: Stage) -> None:
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "de", await stage.family("Ahorn 12", klein))
    day = await tuesday(stage)
    stage.world.faults.set("error500", methods=["sendmessage"], chat_id=amina.account.id)
    await agrees(stage, klein, await family_of(stage, amina), on(day, "13:00"))
    await until(stage, on(day, "17:31"))
    klein.ignores("📵", "nicht angekommen", "Anrufliste")
    stage.world.faults.set("none")
    await klein.reads_everything()
    await klein.types("/anwesenheit")
    await klein.sees("Wer war da?")
    await klein.presses("1 ❌ Amina")
    await klein.toasted("war nicht da")

    await stage.forward(minutes=10)

    await amina.sees_nothing()
    await klein.reads_everything()
    await klein.presses("📞 Anrufe")
    await klein.sees("Amina: war nicht da")
