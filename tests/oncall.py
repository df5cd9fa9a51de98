"""What stories about those on call have in common: rules of escalation, and what the store knows of an alarm."""

from typing import Any

from storage.records import Alarm, Happening, Role
from storage.store import Store
from tests.phones import Phone
from tests.stage import Stage
from tests.wishes import ids_of

TAKE, WAY, NOW, WRITE = "✅ Ich übernehme", "🚶 Bin auf dem Weg", "📞 Rufe jetzt an", "✍️"
WHO, ON, END, OVER = "❓", "⏫", "🏁", "🔄"


async def rule(stage: Stage, **parts: Any) -> None:
    """From now on alarms open with this rule for all sites."""
    body = {"minutes": [5, 5, 10]} | parts
    await stage.machine.archive.write(lambda store: store.agency.replace_policies({"": body}))


async def speaks_english(phone: Phone, stage: Stage) -> None:
    await phone.types("/language")
    await phone.presses("English")
    await phone.reads_everything()


async def alarms(stage: Stage) -> list[Alarm]:
    return await stage.machine.archive.read(lambda store: store.alarms.newest(1000))


async def alarm(stage: Stage) -> Alarm:
    """The only one there is."""
    (found,) = await alarms(stage)
    return found


async def happened(stage: Stage) -> list[Happening]:
    """What the only alarm's log tells, in order."""
    one = await alarm(stage)
    return await stage.machine.archive.read(lambda store: [line.what for line in store.alarms.logged(one.id)])


async def person_id(stage: Stage, phone: Phone) -> str:
    return (await ids_of(stage, phone)).person


async def is_owed(stage: Stage, kind: str) -> bool:
    """Whether a timer of this kind runs for the only alarm."""
    one = await alarm(stage)
    return await stage.machine.archive.read(lambda store: store.timers.due_at(kind, one.id) is not None)


async def lead_too(stage: Stage, name: str) -> Phone:
    """Somebody who leads and is not on call."""
    return await stage.staff(name, Role.LEAD)


async def not_tested(stage: Stage, phone: Phone) -> None:
    """They are on call, and have answered no test page."""
    id = await person_id(stage, phone)

    def forget(store: Store) -> None:
        store.duties.tested(id, None)

    await stage.machine.archive.write(forget)
