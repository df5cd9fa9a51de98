"""What is heard from those on call: the buttons under a page, and what the taker writes."""

from handlers import codes
from handlers.access import Act, Asking, authorise
from handlers.crisis import answering, asked, boards, pages, rules, screens, sight
from handlers.fitting import pieces
from handlers.given import number, part
from handlers.refusal import NeedsCode, Refusal
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Alarm, AlarmState, Happening, Lane, Outcome, Promise


def take(turn: Turn) -> None:
    """One winner, however many press; whoever was later sees who was first, or comes along if more are wanted."""
    found = asked.alarm_for(turn, Act.TAKE_ALARM)
    if answering.acknowledge(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken", sight.about(found), found.family_id)
        return turn.flash(S("alarm.yours.toast", number=found.called))
    return _joined(turn, found)


def join(turn: Turn) -> None:
    """The policy wants more than one, and this one comes along."""
    _joined(turn, asked.alarm_for(turn, Act.JOIN_ALARM))


def _joined(turn: Turn, found: Alarm) -> None:
    if answering.join(turn.store, found, turn.person, turn.now):
        turn.note("alarm.joined", sight.about(found), found.family_id)
        return turn.flash(S("alarm.joined.toast", number=found.called))
    return _show_as_it_is(turn, found)


def pass_on(turn: Turn) -> None:
    found = asked.alarm_for(turn, Act.PASS_ALARM_ON)
    as_shown = (part(turn, 1), part(turn, 2)) == (str(found.step), str(found.round))
    if as_shown and answering.pass_on(turn.store, found, turn.person, turn.now):
        turn.note("alarm.passed_on", sight.about(found), found.family_id)
        return turn.flash(S("alarm.passed_on.toast"))
    return _show_as_it_is(turn, found)


def hand_on(turn: Turn) -> None:
    """Whoever has it gives it to the next step."""
    found = asked.alarm_for(turn, Act.HAND_ALARM_ON)
    if answering.hand_on(turn.store, found, turn.person, turn.now):
        turn.note("alarm.handed_on", sight.about(found), found.family_id)
        return turn.flash(S("alarm.passed_on.toast"))
    return _show_as_it_is(turn, found)


def on_my_way(turn: Turn) -> None:
    _promise(turn, Promise.ON_THE_WAY)


def calls_now(turn: Turn) -> None:
    _promise(turn, Promise.CALLS_NOW)


def calls_at(turn: Turn) -> None:
    """In so many minutes; at that time the holder is asked."""
    minutes = number(part(turn, 1))
    if minutes not in rules.CALLS_IN:
        raise Refusal(S("door.stale.toast"))
    _promise(turn, Promise.CALLS_AT, minutes)


def _promise(turn: Turn, what: Promise, minutes: int | None = None) -> None:
    found = asked.alarm_for(turn, Act.PROMISE_IN_ALARM)
    if answering.promise(turn.store, found, turn.person, what, turn.now, minutes):
        turn.note("alarm.promised", sight.about(found), found.family_id)
        return turn.flash(S("alarm.promised.toast"))
    return _show_as_it_is(turn, found)


def still(turn: Turn) -> None:
    """✅ to whether it goes on."""
    found = asked.alarm_for(turn, Act.PROMISE_IN_ALARM)
    if answering.goes_on(turn.store, found, turn.person, turn.now):
        return turn.flash(S("alarm.still.toast"))
    return _show_as_it_is(turn, found)


def end(turn: Turn) -> None:
    """🏁: first how it ended, then it has."""
    found = asked.alarm_for(turn, Act.END_ALARM)
    how = next((one for one in Outcome if one == part(turn, 1)), None)
    if found.state is AlarmState.ENDED:
        return _show_as_it_is(turn, found)
    if how is None:
        return turn.show(pages.outcomes(found), lane=Lane.PAGE)
    if answering.stand_down(turn.store, found, turn.person, how, turn.now):
        turn.note("alarm.ended", sight.about(found), found.family_id)
    return turn.flash(S("alarm.ended.toast", number=found.called))


def take_over(turn: Turn) -> None:
    """From somebody who took it and may have forgotten it."""
    found = asked.alarm_for(turn, Act.TAKE_ALARM)
    if found.taken_by != turn.person.id and answering.take_over(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken_over", sight.about(found), found.family_id)
        return turn.flash(S("alarm.yours.toast", number=found.called))
    return _show_as_it_is(turn, found)


def write(turn: Turn) -> None:
    found = asked.alarm_for(turn, Act.WRITE_IN_ALARM)
    turn.store.dialogues.put(turn.person.id, "crisis", "write", {"alarm": found.id}, turn.now)
    turn.say(pages.write_now(found))


def written(turn: Turn) -> None:
    """What the taker typed goes to the person who raised the alarm: one text for each press of the button."""
    found = _of_dialogue(turn)
    turn.store.dialogues.drop(turn.person.id)
    if found is None or found.state is AlarmState.ENDED or found.taken_by != turn.person.id:
        raise Refusal(S("alarm.over"))
    authorise(turn, Act.WRITE_IN_ALARM, found)
    person = turn.store.people.get(found.person_id)
    for piece in pieces(turn.asked.text, rules.SIDE_BY_SIDE):
        shown = screens.from_staff(turn.person, piece)
        turn.tell(person, shown, lane=Lane.CRISIS, about=f"line:{found.id}")
    turn.say(pages.written(found))
    turn.note("alarm.staff_wrote", sight.about(found), found.family_id)
    turn.store.alarms.log(found.id, Happening.ANSWERED, turn.now, by=turn.person.id)
    answering.goes_on(turn.store, found, turn.person, turn.now)


def who(turn: Turn) -> None:
    """❓: whose alarm it is, for whoever was paged and whoever has taken it."""
    found = asked.alarm(turn)
    try:
        answering.tell_who(Asking(turn.store, turn.person, turn.now), found)
    except NeedsCode as no:
        # undone as a refusal it would not be kept that they have seen the alarm
        turn.flash(no.phrase)
        codes.ask(turn, fresh=no.fresh)
    answering.saw(turn.store, found, turn.person, turn.now)


def lines(turn: Turn) -> None:
    """❓: what the person has written."""
    found = asked.alarm(turn)
    if not answering.tell_lines(Asking(turn.store, turn.person, turn.now), found):
        turn.flash(S("door.stale.toast"))
    answering.saw(turn.store, found, turn.person, turn.now)


def open_alarms(turn: Turn) -> None:
    authorise(turn, Act.SEE_ALARMS)
    turn.say(pages.open_alarms(turn.store.alarms.not_ended()))


def all_alarms(turn: Turn) -> None:
    """Every alarm that is open, whoever was paged for it: another page of the list."""
    authorise(turn, Act.SEE_ALARMS)
    shown = pages.open_alarms(turn.store.alarms.not_ended(), number(part(turn)))
    turn.show(shown, lane=Lane.PAGE)


def open_one(turn: Turn) -> None:
    found = asked.alarm_for(turn, Act.SEE_ALARMS)
    sight.retire(turn.store, found, turn.person, turn.now)
    shown = sight.seen_by(turn.store, found, turn.person, turn.now)
    turn.say(shown, lane=Lane.PAGE, about=sight.about(found))


def keep(turn: Turn) -> None:
    """Not ended after all: the page as it is."""
    found = asked.alarm_for(turn, Act.SEE_ALARMS)
    shown = sight.seen_by(turn.store, found, turn.person, turn.now)
    turn.show(shown, lane=Lane.PAGE, about=sight.about(found))


def board(turn: Turn) -> None:
    """The list of many alarms as it is now, from a place on."""
    authorise(turn, Act.SEE_ALARMS)
    turn.show(boards.page(turn.store, turn.person.id, number(part(turn))), lane=Lane.PAGE)


def _show_as_it_is(turn: Turn, found: Alarm) -> None:
    current = sight.fresh(turn.store, found)
    taker = sight.taker_of(turn.store, current)
    late = taker is not None and taker.id != turn.person.id
    turn.flash(S("alarm.was_first.toast", name=taker.name) if taker and late else S("door.stale.toast"))
    if _pressed_in_list(turn):
        return boards.refresh(turn.store, turn.person.id, turn.now)
    return turn.show(sight.seen_by(turn.store, current, turn.person, turn.now), lane=Lane.PAGE)


def _pressed_in_list(turn: Turn) -> bool:
    shown = turn.asked.message_id
    card = turn.store.cards.shown_at(turn.person.id, shown) if shown is not None else None
    return card is not None and card.about == boards.about(turn.person.id)


def _of_dialogue(turn: Turn) -> Alarm | None:
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    return turn.store.alarms.get(str(dialogue.content["alarm"])) if dialogue else None
