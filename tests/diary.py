"""What caseworkers do over and over: the way through the buttons to an appointment, and waiting for its day."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.demo.telegram.messages import Message
from tests.phones import Phone
from tests.stage import Stage

BERLIN = ZoneInfo("Europe/Berlin")
MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)


@dataclass(frozen=True)
class Booking:
    """Day and time somebody picked, as they stand on a clock in Köln."""

    day: date
    time: str

    @property
    def month(self) -> str:
        """The month as it stands above a German calendar."""
        return f"{MONTHS[self.day.month - 1]} {self.day.year}"

    @property
    def date(self) -> str:
        """The day as every card shows it, whatever its language."""
        return f"{self.day:%d.%m.%Y}"

    @property
    def at(self) -> datetime:
        return on(self.day, self.time)

    def eve(self, clock: str) -> datetime:
        """A time on the day before."""
        return on(self.day - timedelta(days=1), clock)


def on(day: date, clock: str) -> datetime:
    """A day and a time in Köln as a moment."""
    return datetime.combine(day, time.fromisoformat(clock), BERLIN)


def in_days(stage: Stage, days: int, clock: str = "10:30") -> Booking:
    """So many days from the story's today."""
    return Booking(stage.clock.now().astimezone(BERLIN).date() + timedelta(days=days), clock)


async def turns_to(phone: Phone, booking: Booking) -> None:
    """Turns the calendar's pages on until its month is shown."""
    await phone.sees("An welchem Tag?")
    while booking.month not in phone.keyboard:
        await phone.presses("▶️")
        await phone.sees("An welchem Tag?")


def day_button(phone: Phone, day: date) -> str:
    """The label of a day on the month that is shown: its number, whatever marks stand around it."""
    return next(label for label in phone.keyboard if label.strip("[]*•") == str(day.day))


async def picks(phone: Phone, booking: Booking) -> None:
    """Presses day, hour and minute; the question for the place is seen."""
    await turns_to(phone, booking)
    await phone.presses(day_button(phone, booking.day))
    await phone.sees("Um wie viel Uhr?")
    await phone.presses(f"{int(booking.time[:2])} Uhr")
    await phone.sees("Um wie viel Uhr genau?")
    await phone.presses(booking.time)
    await phone.sees("📍 Wo?")


async def starts_booking(
    phone: Phone, booking: Booking, family: str, kind: str, whom: str = "Für alle"
) -> None:
    """From the keyboard to the question for the place."""
    await phone.presses("➕ Neuer Termin")
    await phone.sees("Für welche Familie")
    await phone.presses(family)
    if asks_for_whom(await phone.sees("👤 Familie:")):
        await phone.presses(whom)
        await phone.sees("Welche Art von Termin?")
    await phone.presses(kind)
    await picks(phone, booking)


def asks_for_whom(shown: Message) -> bool:
    """Whether the family has two parents or more: then one is asked for whom it is."""
    return "Für wen ist der Termin?" in shown.words


async def books(
    stage: Stage,
    phone: Phone,
    family: str = "Ahorn 12",
    kind: str = "Beratungsgespräch",
    days: int = 3,
    clock: str = "10:30",
    place: str = "Goethestraße",
    whom: str = "Für alle",
) -> Booking:
    """The whole way, every button pressed; the caseworker's card is seen."""
    booking = in_days(stage, days, clock)
    await starts_booking(phone, booking, family, kind, whom)
    await phone.presses(place)
    await phone.sees("So liest es die Familie")
    await phone.presses("✅ Senden")
    await phone.toasted("Termin gespeichert")
    await phone.sees("Antworten:")
    return booking


async def until(stage: Stage, moment: datetime) -> None:
    """Winds the clock to a moment that lies ahead."""
    await stage.forward(seconds=(moment - stage.clock.now()).total_seconds())
