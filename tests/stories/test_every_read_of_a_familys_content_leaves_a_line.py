"""Whatever somebody on staff reads of a family, the journal says who and of which family; and no line says more."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from handlers.journal.rules import known_act
from handlers.journal.screens import GROUP
from locales.translator import keys
from storage.journal import Line
from storage.records import Family, Role
from storage.store import Store
from tests.diary import books
from tests.phones import Phone
from tests.stage import Stage

NOTE = "Es ist gerade sehr viel für mich"
CRY = "Bitte kommen Sie schnell zu uns"
ANSWER = "Ich rufe Sie gleich an, versprochen"
NAMES = ("Frau Haas", "Frau Berger", "Frau Koch", "Amina", "Ahorn 12", "Ahorn")


@dataclass
class House:
    """A family, and everybody who has to do with it."""

    stage: Stage
    haas: Phone
    berger: Phone
    koch: Phone
    amina: Phone
    ahorn: Family

    async def id_of(self, phone: Phone) -> str:
        person = await self.stage.machine.archive.read(
            lambda store: store.people.by_telegram(phone.account.id)
        )
        assert person is not None
        return person.id

    async def lines(self) -> list[Line]:
        """All lines, the oldest first."""
        rows = await self.stage.machine.archive.read(lambda store: store.journal.newest(9999))
        return [
            Line(**{name: row[name] for name in Line.__slots__})  # type: ignore[arg-type]
            for row in reversed(rows)
        ]


@pytest.fixture
async def at_home(stage: Stage) -> House:
    haas = await stage.staff("Frau Haas", Role.LEAD)
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    ahorn = await stage.family("Ahorn 12", berger)
    amina = await stage.parent("Amina", "de", ahorn)
    for phone in (haas, berger, koch, amina):
        phone.ignores("")
    return House(stage, haas, berger, koch, amina, ahorn)


async def goes(house: House, phone: Phone, *ways: str) -> None:
    """Presses one button after the other, each when the bot has answered."""
    for label in ways:
        await phone.presses(label)
        await house.stage.quiet()


async def types(house: House, phone: Phone, text: str) -> None:
    await phone.types(text)
    await house.stage.quiet()


async def cries(house: House) -> None:
    await types(house, house.amina, "/sos")
    await goes(house, house.amina, "🚨")
    await types(house, house.amina, CRY)
    await house.koch.sees("Alarm A-0001")


async def opens_the_family(house: House) -> None:
    await goes(house, house.berger, "👪 Familien", "Ahorn 12")
    await house.berger.sees("👤 Personen:")


async def opens_a_checkin(house: House) -> None:
    await goes(house, house.amina, "💬", "😟")
    await types(house, house.amina, NOTE)
    await goes(house, house.berger, "💬 Wie es Familien geht", "📝 Ahorn 12")
    await house.berger.sees(NOTE)


async def opens_an_appointment(house: House) -> None:
    await books(house.stage, house.berger)
    await goes(house, house.berger, "📅 Termine")
    query = house.berger.hand.forges(house.berger.last.message_id, await sheet_of(house))
    assert await query.answer(5.0)
    await house.stage.quiet()


async def sheet_of(house: House) -> str:
    def ahead(store: Store) -> str:
        now = house.stage.clock.now()
        return f"appointments:open:{store.appointments.ahead(house.ahorn.id, now)[0].id}"

    return await house.stage.machine.archive.read(ahead)


async def takes_the_alarm(house: House) -> None:
    await cries(house)
    await goes(house, house.koch, "✅")
    await house.koch.sees(CRY)


READS: dict[str, tuple[Callable[[House], Awaitable[None]], str, str]] = {
    "the family's card": (opens_the_family, "berger", "read.open_family"),
    "a check-in": (opens_a_checkin, "berger", "read.read_checkin"),
    "an appointment's sheet": (opens_an_appointment, "berger", "read.see_appointment"),
    "who needs help": (takes_the_alarm, "koch", "read.see_who_needs_help"),
    "the words in an alarm": (takes_the_alarm, "koch", "read.read_alarm_lines"),
}


@pytest.mark.parametrize(("read", "reader", "act"), READS.values(), ids=READS)
async def test_reading_leaves_a_line(
    at_home: House, read: Callable[[House], Awaitable[None]], reader: str, act: str
) -> None:
    await read(at_home)
    who = await at_home.id_of(getattr(at_home, reader))
    found = [line for line in await at_home.lines() if (line.actor, line.act) == (who, act)]
    assert found, [line.act for line in await at_home.lines()]
    assert {line.family_id for line in found} == {at_home.ahorn.id}


async def a_long_day(house: House) -> None:
    await opens_the_family(house)
    await opens_a_checkin(house)
    await books(house.stage, house.berger)
    await goes(house, house.amina, "✅")
    await takes_the_alarm(house)
    await goes(house, house.koch, "✍️")
    await types(house, house.koch, ANSWER)
    await house.amina.sees(ANSWER)
    await goes(house, house.koch, "🏁", "💬 Beraten")
    await types(house, house.haas, "/vorfall")
    await goes(house, house.haas, "Gerade eben")
    await types(house, house.haas, "Ein Brief lag offen im Treppenhaus")
    await goes(house, house.haas, "👁 V-0001", "🛠 Aufsicht", "📒 Journal", "👪 Nach Familie", "Ahorn 12")
    await house.haas.sees("Journal der Familie")
    await house.stage.forward(days=2)


async def test_after_a_long_day_every_line_holds_ids_alone(at_home: House) -> None:
    await a_long_day(at_home)
    lines = await at_home.lines()
    phones = (at_home.haas, at_home.berger, at_home.koch, at_home.amina)
    said = [NOTE, CRY, ANSWER, *NAMES, *(str(phone.account.id) for phone in phones)]
    told = [f"{line.actor} {line.act} {line.subject} {line.family_id}" for line in lines]
    assert len(told) > 20
    assert [line for line in told if any(word in line for word in said)] == []
    shaped = [line for line in told if not line.isascii() or line.count(" ") > 4]
    assert shaped == []


async def test_after_a_long_day_every_line_about_the_family_says_so(at_home: House) -> None:
    await a_long_day(at_home)
    amina, family = await at_home.id_of(at_home.amina), at_home.ahorn.id
    lines = await at_home.lines()
    kinds = ("family:", "checkin:", "appointment:", "alarm:")
    about = [line for line in lines if line.actor == amina or line.subject.startswith(kinds)]
    hers = next(number for number, line in enumerate(lines) if line.act == "invitation.confirmed.parent")
    without = {line.act for line in about if line.family_id != family and lines.index(line) > hers}
    assert without == set()


async def test_after_a_long_day_every_act_has_its_own_sentence(at_home: House) -> None:
    await a_long_day(at_home)
    known = {key.removeprefix(GROUP) for key in keys("staff") if key.startswith(GROUP)}
    acts = {line.act for line in await at_home.lines()}
    assert {act for act in acts if known_act(act, known) is None} == set()


async def test_the_journal_is_whole_after_it(at_home: House) -> None:
    await a_long_day(at_home)
    assert await at_home.stage.machine.archive.read(lambda store: list(store.journal.faults())) == []
