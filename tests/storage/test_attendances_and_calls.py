"""Who came is noted once for each person; a call stands once for each reason; what is lost is found again."""

from datetime import datetime, timedelta

from storage.engine import Archive
from storage.records import Answer, AppointmentKind, Reached, Why
from storage.store import Store

KIND, HOUR = AppointmentKind.DOCTOR, timedelta(hours=1)


def ground(store: Store, now: datetime) -> tuple[str, str, str]:
    """A caseworker, her family's parent, and the family."""
    klein, amina = store.people.met(1, "de", now), store.people.met(2, "tr", now)
    family = store.families.add("Ahorn", klein.id, now)
    store.families.join(family.id, amina.id)
    return klein.id, amina.id, family.id


async def test_the_newest_word_counts(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, amina, family = ground(store, now)
        visit = store.appointments.add(family, klein, KIND, now, "")
        assert store.attendances.of(visit.id) == {}
        store.attendances.mark(visit.id, amina, came=False, now=now, by=klein)
        assert store.attendances.of(visit.id) == {amina: False}
        store.attendances.mark(visit.id, amina, came=True, now=now + HOUR, by=klein)
        assert store.attendances.of(visit.id) == {amina: True}

    await archive.write(story)


async def test_what_is_to_be_noted(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, amina, family = ground(store, now)
        stranger = store.people.met(3, "de", now).id
        since, until = now - timedelta(days=14), now

        def add(hours: int, answer: Answer | None = None, cancelled: bool = False) -> str:
            made = store.appointments.add(family, klein, KIND, now + hours * HOUR, "")
            if answer is not None:
                store.appointments.answer(made.id, amina, answer, now)
            if cancelled:
                store.appointments.cancel(made.id, 1)
            return made.id

        yes, open_, unclear = add(-3, Answer.YES), add(-2), add(-1, Answer.UNCLEAR)
        for answer in (Answer.NO, Answer.MOVE):
            add(-4, answer)
        add(-5, cancelled=True), add(1), add(-24 * 15)

        def found(who: str, noted_since: datetime = now) -> list[str]:
            return store.attendances.to_note(who, now, since, until, noted_since)

        assert found(klein) == [yes, open_, unclear]
        assert found(stranger) == []
        store.attendances.mark(yes, amina, came=True, now=now, by=klein)
        assert found(klein) == [open_, unclear]
        assert found(klein, now - HOUR) == [yes, open_, unclear]

    await archive.write(story)


async def test_a_reason_stands_once_until_it_is_settled(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, amina, family = ground(store, now)
        visit = store.appointments.add(family, klein, KIND, now + HOUR, "")
        first = store.calls.add(family, amina, Why.UNANSWERED, now, visit.id)
        assert store.calls.add(family, amina, Why.UNANSWERED, now, visit.id) == first
        store.calls.add(family, amina, Why.UNCLEAR, now + HOUR, visit.id)
        assert [call.why for call in store.calls.open_about(visit.id, amina)] == [Why.UNANSWERED, Why.UNCLEAR]
        assert store.calls.open_about(visit.id, klein) == []
        store.calls.settle(visit.id, now, Why.UNANSWERED, amina)
        assert [call.why for call in store.calls.open_of(klein, now)] == [Why.UNCLEAR]
        done = store.calls.get(first.id)
        assert done is not None
        assert done.outcome is Reached.SETTLED
        assert len(store.calls.ids_of_family(family)) == 2

    await archive.write(story)


async def test_whoever_was_told_and_is_waited_for_by_nobody_is_found(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, amina, family = ground(store, now)
        told, untold, over, answered, waited, called = (
            store.appointments.add(family, klein, KIND, now + hours * HOUR, "").id
            for hours in (1, 2, -1, 3, 4, 5)
        )
        for id in (told, over, answered, waited, called):
            store.cards.add(amina, f"appointment:{id}", now)
        store.appointments.answer(answered, amina, Answer.YES, now)
        store.timers.set("one", f"{waited}:{amina}", now)
        store.calls.add(family, amina, Why.UNANSWERED, now, called)
        assert store.calls.lost(now, "one", "other") == [(told, amina)]
        assert store.attendances.unasked(now, "ask") == [told, untold, answered, waited, called]
        store.timers.set("ask", untold, now)
        store.calls.settle(called, now)
        assert store.calls.lost(now, "one", "other") == [(told, amina), (called, amina)]
        assert untold not in store.attendances.unasked(now, "ask")

    await archive.write(story)


async def test_an_answer_settles_what_only_an_answer_was_missing_for(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        klein, amina, family = ground(store, now)
        visit, other = (store.appointments.add(family, klein, KIND, now + HOUR, "").id for _ in range(2))
        for why in (Why.UNANSWERED, Why.UNREACHABLE, Why.UNCLEAR, Why.MOVE):
            store.calls.add(family, amina, why, now, visit)
        store.calls.add(family, amina, Why.UNANSWERED, now, other)

        def left(id: str) -> list[Why]:
            return sorted(call.why for call in store.calls.open_about(id, amina))

        store.calls.answered(visit, klein, now, clear=True)  # somebody else
        assert len(left(visit)) == 4
        store.calls.answered(visit, amina, now, clear=False)
        assert left(visit) == [Why.MOVE, Why.UNCLEAR]
        store.calls.answered(visit, amina, now, clear=True)
        assert left(visit) == [Why.MOVE]
        assert left(other) == [Why.UNANSWERED]

    await archive.write(story)


async def test_whoever_has_not_understood_and_is_seen_to_by_nobody_is_found(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        klein, amina, family = ground(store, now)
        unclear, clear, waited, called, over = (
            store.appointments.add(family, klein, KIND, now + hours * HOUR, "").id
            for hours in (1, 2, 3, 4, -1)
        )
        for id in (unclear, waited, called, over):
            store.appointments.answer(id, amina, Answer.UNCLEAR, now)
        store.appointments.answer(clear, amina, Answer.YES, now)
        store.timers.set("kind", f"{waited}:{amina}", now)
        call = store.calls.add(family, amina, Why.UNCLEAR, now, called)
        assert store.calls.unclear(now, "kind") == [(unclear, amina)]
        store.calls.done(call.id, Reached.REACHED, now, klein)
        assert store.calls.unclear(now, "kind") == [(unclear, amina)]

    await archive.write(story)
