"""An alarm always hangs on somebody: not on whoever is gone, and not on whether everybody's key is there."""

import json
from datetime import timedelta

from handlers.access import Asking
from handlers.forgetting import actions as forgetting
from storage.records import Alarm, AlarmState, Role
from storage.store import Store
from tests.phones import Phone, read_all
from tests.stage import Stage
from tests.wishes import ids_of

CRY = 999_999


def cry_of(stage: Stage, phone: Phone) -> str:
    """A cry as Telegram brings it."""
    account = {"id": phone.account.id, "first_name": "A"}
    return json.dumps(
        {
            "update_id": CRY,
            "message": {
                "message_id": 5000,
                "date": int(stage.clock.now().timestamp()),
                "chat": account | {"type": "private"},
                "from": account | {"is_bot": False, "language_code": "de"},
                "text": "/alarm",
                "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
            },
        }
    )


async def open_alarms(stage: Stage) -> list[Alarm]:
    return await stage.machine.archive.read(lambda store: store.alarms.not_ended())


async def test_one_key_that_is_missing_silences_no_alarm(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    neu = await stage.staff("Herr Neu", Role.ON_CALL)
    unreadable = (await ids_of(stage, neu)).person
    stage.machine.archive.vault.keyring.destroy(f"person:{unreadable}")
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await koch.sees("Alarm A-0001")
    await koch.presses("✅")
    await amina.sees("Frau Koch")
    await read_all(koch, neu, amina)
    assert [one.state for one in await open_alarms(stage)] == [AlarmState.TAKEN]


async def test_a_taker_who_asks_to_be_forgotten_leaves_an_alarm_that_is_paged_again(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    weber = await stage.staff("Herr Weber", Role.ON_CALL, step=2)
    amina = stage.stranger("Amina", "de")
    await amina.types("/alarm")
    await koch.sees("Alarm")
    await koch.presses("✅")
    await stage.quiet()
    taker, now = (await ids_of(stage, koch)).person, stage.clock.now()

    def leave(store: Store) -> None:
        store.people.revoke(taker, Role.ON_CALL)
        forgetting.forget_guest(Asking(store, store.people.get(taker), now))

    await stage.machine.archive.write(leave)
    await stage.forward(minutes=30)
    await weber.sees("Alarm A-0001")
    (alarm,) = await open_alarms(stage)
    assert (alarm.state, alarm.taken_by) == (AlarmState.OPEN, None)
    await read_all(koch, weber, amina)


async def test_a_cry_confirmed_before_somebody_is_forgotten_is_heard_after_it(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "de")
    await amina.types("/start")
    await stage.quiet()
    id, now, archive = (await ids_of(stage, amina)).person, stage.clock.now(), stage.machine.archive
    waiting = [(CRY, cry_of(stage, amina), amina.account.id)]
    await archive.write(lambda store: store.updates.keep(waiting, now))
    await archive.write(lambda store: forgetting.forget_guest(Asking(store, store.people.get(id), now)))
    await stage.machine.door.recover()
    await koch.sees("Alarm A-0001")
    await read_all(koch, amina)


async def test_an_update_whose_day_is_gone_does_not_stop_the_start(stage: Stage) -> None:
    koch = await stage.staff("Frau Koch", Role.ON_CALL)
    amina = stage.stranger("Amina", "de")
    archive, now = stage.machine.archive, stage.clock.now()
    before = now - timedelta(days=2)
    await archive.write(lambda store: store.updates.keep([(CRY - 1, "{}", 1)], before))
    archive.vault.keyring.destroy(f"day:{before:%Y-%m-%d}")
    waiting = [(CRY, cry_of(stage, amina), amina.account.id)]
    await archive.write(lambda store: store.updates.keep(waiting, now))
    await stage.machine.door.recover()
    await koch.sees("Alarm A-0001")
    await read_all(koch, amina)
    assert await archive.read(lambda store: store.updates.count_parked()) == 1
