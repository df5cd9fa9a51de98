"""Who gets a certificate: whoever came to what took place, until it really went out."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from handlers.courses import actions, certifying, leading, paper, seating, sheets
from handlers.turn import Asked, Turn
from locales.phrase import Phrase
from storage.engine import Archive
from storage.records import Course, DeliveryState, Family, Lane, Person, Session
from storage.store import Store
from tests.rooms.courses.test_actions_of_courses import DAYS, comes, course_of
from tests.rooms.courses.test_leaders_and_who_is_out_of_reach import parent_of

OVER = DAYS[-1] + timedelta(hours=2)
AT_THE_DOOR = timedelta(minutes=40)


def came(store: Store, sessions: Iterable[Session], family: Family, by: Person, at: datetime) -> None:
    for session in sessions:
        appointment_id = seating.appointment_at(store, session, family.id)
        assert appointment_id is not None
        store.attendances.mark(appointment_id, parent_of(store, family).id, True, at, by.id)


def listed(store: Store, course: Course, at: datetime) -> dict[str, int]:
    return {one.family.label: len(one.came) for one in certifying.attendees(store, course, at)}


async def test_what_was_noted_at_the_door_of_a_session_called_off_then_counts_for_nothing(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        course, leads, (family,) = course_of(store, now, 1)
        comes(store, course, family, now)
        for session in store.training.of_course(course.id)[1:3]:
            at = session.starts_at - AT_THE_DOOR
            came(store, [session], family, leads, at)
            assert listed(store, course, at) == {family.label: 0}  # it has not begun yet
            assert actions.cancel_session(store, course, session, by=leads, now=at + timedelta(minutes=10))
        (one,) = certifying.attendees(store, course, OVER)
        assert one.came == ()
        made = paper.certificate(store, course, one.parent, one.came, OVER)
        assert made.content["pages"][0]["count"] == "0 von 2"

    await archive.write(story)


async def test_who_gave_the_seat_up_is_listed_for_what_they_came_to(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, leads, (came_often, never_came, stays) = course_of(store, now, 3)
        for family in (came_often, never_came, stays):
            comes(store, course, family, now)
        came(store, store.training.of_course(course.id)[:3], came_often, leads, DAYS[2])
        later = DAYS[2] + timedelta(hours=2)
        for family in (came_often, never_came):
            assert seating.leave(store, course, family, by=leads, now=later)
        assert listed(store, course, OVER) == {came_often.label: 3, stays.label: 0}

    await archive.write(story)


async def test_the_sheet_of_a_course_called_off_offers_papers_for_what_took_place(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        course, leads, (family,) = course_of(store, now, 1)
        comes(store, course, family, now)
        later = DAYS[2] + timedelta(hours=2)
        assert actions.cancel_course(store, course, by=leads, now=later)
        assert "courses.papers.button" in ways(store, course, leads, later)

    await archive.write(story)


async def test_of_a_course_called_off_before_it_began_there_are_no_papers(
    archive: Archive, now: datetime
) -> None:
    def story(store: Store) -> None:
        course, leads, (family,) = course_of(store, now, 1)
        comes(store, course, family, now)
        assert actions.cancel_course(store, course, by=leads, now=now)
        assert "courses.papers.button" not in ways(store, course, leads, OVER)

    await archive.write(story)


async def test_a_paper_has_gone_out_once_it_is_owed_or_has_arrived(archive: Archive, now: datetime) -> None:
    def story(store: Store) -> None:
        course, _, (family,) = course_of(store, now, 1)
        parent = parent_of(store, family)

        def gone() -> bool:
            return certifying.has_gone(store, course, parent)

        assert not gone()
        card = store.cards.add(parent.id, f"{certifying.SENT}:{course.id}", now)
        assert not gone()  # nothing was ever owed for it

        def owe() -> int:
            return store.deliveries.post(
                Lane.NEWS, parent.telegram_id, "sendDocument", {}, now, person_id=parent.id, card_id=card.id
            ).id

        lost = owe()
        assert gone()
        store.deliveries.settle(lost, DeliveryState.UNDELIVERABLE, now)
        assert not gone()
        arrived = owe()
        store.deliveries.settle(arrived, DeliveryState.DELIVERED, now)
        store.cards.sent(card.id, 7)
        assert gone()
        store.cards.sent(card.id, None)  # she cleared the chat
        assert gone()
        store.cards.add(parent.id, f"{certifying.SENT}:{course.id}", now + timedelta(days=1))
        assert gone()  # a second one that does not arrive takes nothing away

    await archive.write(story)


def ways(store: Store, course: Course, who: Person, at: datetime) -> set[str]:
    known = store.courses.get(course.id)
    assert known is not None
    seen = leading.overview(Turn(store, who, at, Asked()), known)
    return {
        button.label.key
        for row in sheets.sheet(seen, at).buttons
        for button in row
        if isinstance(button.label, Phrase)
    }
