"""Whose time a session takes: that of whoever leads it, and of nobody else who works here."""

from datetime import timedelta

from storage.records import AppointmentKind, Person, Role, Span
from storage.store import Store
from tests.stage import Stage

SESSION = AppointmentKind.PARENT_TRAINING_SESSION


async def test_a_session_of_a_colleague_takes_only_her_time(stage: Stage) -> None:
    berger = await stage.staff("Frau Berger", Role.CASEWORKER)
    koch = await stage.staff("Frau Koch", Role.CASEWORKER)
    family = await stage.family("Ahorn 12", berger)
    now = stage.clock.now().replace(microsecond=0)
    at = now + timedelta(days=2)

    def act(store: Store) -> tuple[list[Span], list[Span]]:
        def person(id: int) -> Person:
            found = store.people.by_telegram(id)
            assert found is not None
            return found

        mine, hers = person(berger.account.id).id, person(koch.account.id).id
        session = store.training.add(store.agency.offers()[0].id, hers, at, "x")
        store.appointments.add(family.id, family.caseworker_id, SESSION, at, "x", session.id)
        until = now + timedelta(days=5)
        return store.occupied.between(mine, now, until), store.occupied.between(hers, now, until)

    mine, hers = await stage.machine.archive.write(act)
    assert mine == []
    assert hers == [Span(at, at + timedelta(minutes=90))]
