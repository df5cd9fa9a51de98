"""The parent always reads exactly one true sentence, and nothing is said before it is so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.crisis import status
from handlers.crisis.numbers import DEFAULTS
from handlers.crisis.truth import CALL_ELSEWHERE, IN_HANDS, Truth, truth
from handlers.screen import words
from locales.languages import shipped
from locales.translator import text_of, voice
from storage.records import Alarm, AlarmState, Page, Person, Promise, Role, ShownAs, Wish
from tests.phones import plain

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KOCH = Person("k", 1, "Frau Koch", "de", "", blocked=False, roles=frozenset({Role.ON_CALL}))


def alarm(state: AlarmState = AlarmState.OPEN, step: int = 1, lap: int = 1) -> Alarm:
    taker = KOCH.id if state is AlarmState.TAKEN else None
    return Alarm("a", 1, "p", None, state, NOON, {"minutes": [5, 5]}, step, lap, taker, None, 1)


@st.composite
def alarms(draw: st.DrawFn) -> Alarm:
    """An alarm in any state that storage lets it be in."""
    base = alarm(draw(st.sampled_from(AlarmState)), draw(st.integers(0, 9)), draw(st.integers(0, 9)))
    moment = st.none() | st.just(NOON)
    base = replace(
        base, withdrawn_at=draw(moment), safe_at=draw(moment), wish=draw(st.none() | st.sampled_from(Wish))
    )
    if base.state is not AlarmState.TAKEN:
        return base
    promise = draw(st.none() | st.sampled_from(Promise))
    due = NOON + timedelta(minutes=37) if promise is Promise.CALLS_AT else None
    return replace(base, promise=promise, promised_for=due, forgotten_at=draw(moment))


def page(person: str, step: int, delivered: bool, seen: bool) -> Page:
    return Page(person, step, NOON, delivered=delivered, seen=delivered and seen)


pages = st.lists(
    st.builds(page, st.sampled_from("klmn"), st.integers(0, 9), st.booleans(), st.booleans()),
    max_size=4,
    unique_by=lambda one: one.person_id,
)


@given(alarms(), pages, st.booleans())
def test_somebody_has_it_exactly_when_a_human_took_it(one: Alarm, paged: list[Page], anybody: bool) -> None:
    now = truth(one, paged, anybody=anybody)

    assert (now in IN_HANDS) == (one.state is AlarmState.TAKEN)
    assert (now is Truth.ENDED) == (one.state is AlarmState.ENDED)
    assert (now is Truth.ASKING) == (one.state is AlarmState.TAKEN and one.forgotten_at is not None)


@given(alarms(), pages, st.booleans())
def test_what_is_promised_is_said_and_nothing_more(one: Alarm, paged: list[Page], anybody: bool) -> None:
    now = truth(one, paged, anybody=anybody)

    promised = {Truth.CALLS_AT, Truth.CALLS_NOW, Truth.ON_THE_WAY}
    assert (now in promised) == (now in IN_HANDS and one.promise is not None and one.forgotten_at is None)
    assert now not in promised or now.value == one.promise


@given(alarms(), pages, st.booleans())
def test_sent_and_seen_are_said_of_pages_that_arrived(one: Alarm, paged: list[Page], anybody: bool) -> None:
    now = truth(one, paged, anybody=anybody)
    reached = [page for page in paged if page.delivered]

    assert now not in {Truth.SENT, Truth.SEEN, Truth.LEADS} or reached
    assert now is not Truth.LEADS or any(page.step == 0 for page in reached)
    assert now is not Truth.SEEN or any(page.seen for page in reached)
    assert now is not Truth.SAVED or not reached


@given(alarms(), pages, st.booleans())
def test_nobody_is_said_when_nobody_is_there(one: Alarm, paged: list[Page], anybody: bool) -> None:
    now = truth(one, paged, anybody=anybody)

    assert (now in {Truth.NOBODY, Truth.LEADS}) == (one.state is AlarmState.OPEN and not anybody)


@pytest.mark.parametrize(
    ("shown", "paged", "anybody", "said"),
    [
        (alarm(), [], True, Truth.SAVED),
        (alarm(), [page("k", 1, False, False)], True, Truth.SAVED),
        (alarm(), [page("k", 1, True, False)], True, Truth.SENT),
        (alarm(), [page("k", 1, True, True), page("l", 1, True, False)], True, Truth.SEEN),
        (alarm(), [], False, Truth.NOBODY),
        (alarm(), [page("k", 0, True, False)], False, Truth.LEADS),
        (alarm(step=2), [page("k", 1, True, True)], True, Truth.WAITING),
        (alarm(step=2), [page("k", 1, False, False), page("l", 2, True, False)], True, Truth.WAITING),
        (alarm(step=2), [page("k", 1, False, False)], True, Truth.WAITING),
        (alarm(step=2), [page("l", 2, True, False)], True, Truth.SENT),
        (
            replace(alarm(step=2), opened_at=NOON - timedelta(minutes=5)),
            [page("l", 2, True, True)],
            True,
            Truth.WAITING,
        ),
        (alarm(), [page("k", 1, True, True)], False, Truth.NOBODY),
        (alarm(lap=2), [page("k", 1, True, False)], True, Truth.WAITING),
        (alarm(AlarmState.TAKEN), [], False, Truth.TAKEN),
        (replace(alarm(AlarmState.TAKEN), promise=Promise.CALLS_AT), [], True, Truth.TAKEN),
        (alarm(AlarmState.ENDED), [], False, Truth.ENDED),
    ],
)
def test_one_step_after_the_other(shown: Alarm, paged: list[Page], anybody: bool, said: Truth) -> None:
    assert truth(shown, paged, anybody=anybody) is said


@pytest.mark.parametrize("domain", ["families", "staff"])
@pytest.mark.parametrize("one", Truth)
def test_every_truth_has_its_sentence_in_every_language(domain: str, one: Truth) -> None:
    said = {text_of(domain, code, f"crisis.status.{one}") for code in shipped(domain)}  # type: ignore[arg-type]
    assert None not in said
    assert len(said) == len(shipped(domain))  # type: ignore[arg-type]


@given(alarms(), pages, st.booleans(), st.sampled_from(["de", "tr", "ar"]))
def test_the_screen_names_whoever_took_it_and_else_whom_to_call(
    one: Alarm, paged: list[Page], anybody: bool, language: str
) -> None:
    now = truth(one, paged, anybody=anybody)
    taker = KOCH if one.taken_by else None
    said = plain(words(status.status(one, taker, paged, DEFAULTS[:3], anybody=anybody), voice(language)))

    assert ("Frau Koch" in said) == (now in IN_HANDS)
    assert ("116 016" in said) == (now in CALL_ELSEWHERE)
    assert ("13:37" in said) == (now is Truth.CALLS_AT)


@given(alarms(), pages, st.booleans())
def test_until_it_ends_everything_can_still_be_said(one: Alarm, paged: list[Page], anybody: bool) -> None:
    shown = status.status(one, KOCH, paged, (), anybody=anybody)
    carried = [button.carries.split(":") for row in shown.buttons for button in row]
    wished = {parts[-1] for parts in carried if parts[1] == "wish"}

    if one.state is AlarmState.ENDED:
        assert carried == []
        return
    assert wished == {*Wish, "none"} - {one.wish or "none"}
    assert (["crisis", "mistake", "a"] in carried) == (one.withdrawn_at is None)
    assert (["crisis", "safe", "a"] in carried) == (one.safe_at is None)


@pytest.mark.parametrize(
    ("chosen", "language", "said"),
    [
        (None, "de", "Frau Koch, Person am Not-Telefon"),
        (None, "tr", "Frau Koch, nöbetçi"),
        (None, "ar", "Frau Koch، المناوبة"),
        (ShownAs.NAME, "tr", "Frau Koch"),
        (ShownAs.ROLE, "tr", "nöbetçi"),
    ],
)
def test_families_read_of_the_taker_what_that_person_allows(
    chosen: ShownAs | None, language: str, said: str
) -> None:
    assert plain(voice(language).say(status.who(replace(KOCH, shown_as=chosen), staff=False))) == said


def test_whoever_has_no_name_or_is_gone_is_still_somebody() -> None:
    assert voice("de").say(status.who(replace(KOCH, name=""), staff=False)) == "Person am Not-Telefon"
    lead = replace(KOCH, roles=frozenset({Role.LEAD}))
    assert voice("de").say(status.who(replace(lead, shown_as=ShownAs.ROLE), staff=False)) == "Leitung"
    assert voice("de").say(status.who(None, staff=False)) == "Team"
