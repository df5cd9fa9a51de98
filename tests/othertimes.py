"""What stories about another time have in common: an undisturbed week, and the words in three languages."""

from datetime import datetime, time, timedelta

from bot.demo.telegram.messages import Message
from handlers.slots import working_days
from handlers.wishing import OPEN
from storage.records import Family, Move, Role
from storage.store import Store
from tests.diary import BERLIN, Booking, books, until
from tests.phones import Phone, plain
from tests.stage import Stage

WORDS = {
    "de": {
        "ask": "🔁 Anderer Termin",
        "choose": "Wann passt es besser?",
        "holds": "Bis dahin gilt der alte Termin",
        "yes": "Sie haben zugesagt",
        "no": "Sie haben abgesagt",
        "other": "🕒 Andere Zeit",
        "which_day": "An welchem Tag?",
        "which_part": "Zu welcher Tages-Zeit?",
        "offer": "Passt diese Zeit?",
        "agree": "✅ Ja, das passt",
        "refuse": "❌ Nein, passt nicht",
        "call": "ruft Sie an",
        "kept": "Die andere Zeit geht leider nicht",
        "come": "Kommen Sie?",
        "new": "Ihr Termin ist neu",
        "lapsed": "kam keine Antwort",
        "taken": "gerade vergeben",
        "keep": "↩️ Alten Termin behalten",
    },
    "tr": {
        "ask": "🔁 Başka bir zaman",
        "choose": "Size ne zaman daha uygun?",
        "holds": "O zamana kadar eski randevu geçerli",
        "yes": "Kabul ettiniz",
        "no": "Gelemeyeceğinizi bildirdiniz",
        "other": "🕒 Başka zaman",
        "which_day": "Hangi gün?",
        "which_part": "Günün hangi zamanı?",
        "offer": "Bu zaman uygun mu?",
        "agree": "✅ Evet, uygun",
        "refuse": "❌ Hayır, uygun değil",
        "call": "sizi arayacak",
        "kept": "Diğer zaman ne yazık ki olmuyor",
        "come": "Gelecek misiniz?",
        "new": "🔁",
        "lapsed": "İsteğinize cevap gelmedi",
        "taken": "az önce doldu",
        "keep": "↩️ Eski randevu kalsın",
    },
    "ar": {
        "ask": "🔁 ",
        "choose": "ما الوقت الأنسب لكم؟",
        "holds": "حتى ذلك الحين يبقى الموعد القديم",
        "yes": "✅",
        "no": "❌",
        "other": "🕒 وقت آخر",
        "which_day": "في أي يوم؟",
        "which_part": "في أي فترة من اليوم؟",
        "offer": "هل يناسبكم هذا الوقت؟",
        "agree": "✅ نعم، يناسب",
        "refuse": "❌ لا، لا يناسب",
        "call": "ستصلكم مكالمة",
        "kept": "للأسف لا يمكن الوقت الآخر",
        "come": "هل ستحضرون؟",
        "new": "🔁",
        "lapsed": "لم يصل رد على رغبتكم",
        "taken": "حُجز هذا الوقت",
        "keep": "↩️ الإبقاء على الموعد القديم",
    },
}


async def a_quiet_tuesday(stage: Stage) -> None:
    """Winds on to the next Tuesday, eight o'clock, with no holiday in the three weeks that follow."""
    day = stage.clock.now().astimezone(BERLIN).date() + timedelta(days=1)
    while day.weekday() != 1 or working_days(day, 15)[-1] - day > timedelta(days=20):
        day += timedelta(days=1)
    await until(stage, datetime.combine(day, time(8), BERLIN))


async def pair(stage: Stage, tongue: str = "de") -> tuple[Phone, Phone]:
    """A caseworker and a parent, on a quiet Tuesday."""
    await a_quiet_tuesday(stage)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    return klein, await stage.parent("Amina", tongue, await stage.family("Ahorn 12", klein))


async def invited(stage: Stage, klein: Phone, *parents: Phone, days: int = 7) -> Booking:
    """An appointment at 10:30; the cards are read."""
    visit = await books(stage, klein, days=days)
    for parent in parents:
        await parent.sees(visit.date)
    return visit


def slots_on(phone: Phone) -> list[str]:
    """The free slots to choose from: buttons with a time of day."""
    return [label for label in phone.keyboard if ":" in label]


async def asks(phone: Phone, tongue: str = "de") -> list[str]:
    """Presses 🔁; the slots that are offered."""
    await phone.presses(WORDS[tongue]["ask"])
    await phone.sees(WORDS[tongue]["choose"])
    return slots_on(phone)


def slots_of(message: Message) -> list[str]:
    """The free slots on this very message."""
    labels = (plain(button["text"]) for row in message.inline or [] for button in row)
    return [label for label in labels if ":" in label]


def time_of(label: str) -> str:
    return label[-5:]


async def wishes(klein: Phone, amina: Phone, tongue: str = "de", which: int = 2) -> str:
    """Three taps; the label of the slot that is wished for."""
    found = await asks(amina, tongue)
    await amina.presses(found[which])
    await amina.sees(WORDS[tongue]["holds"])
    await klein.sees("Andere Zeit gewünscht von:")
    await klein.sees("🔁 Anderer Termin:")
    return found[which]


async def another_parent(stage: Stage, of: Phone, name: str = "Chidi", tongue: str = "tr") -> Phone:
    """Somebody else of the same family."""

    def family(store: Store) -> Family:
        person = store.people.by_telegram(of.account.id)
        found = store.families.of_person(person.id) if person else None
        assert found is not None
        return found

    return await stage.parent(name, tongue, await stage.machine.archive.read(family))


async def open_moves(stage: Stage) -> list[Move]:
    """The wishes nobody has decided; each must have a timer that brings it back."""

    def look(store: Store) -> list[Move]:
        found = store.moves.all_open()
        assert all(store.timers.due_at(OPEN, move.id) is not None for move in found)
        return found

    return await stage.machine.archive.read(look)
