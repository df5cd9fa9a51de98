"""What is heard from those on call: the buttons under a page, and what the taker writes."""

from handlers.access import Act, Asking, authorise
from handlers.crisis import answering, asked, pages, paging, rules, screens
from handlers.refusal import Refusal
from handlers.turn import Turn
from locales.phrase import S
from storage.records import Alarm, AlarmState, Lane


def take(turn: Turn) -> None:
    """One winner, however many press; whoever was later sees who was first."""
    found = asked.alarm_for(turn, Act.TAKE_ALARM)
    if answering.acknowledge(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken", paging.about(found), found.family_id)
        return turn.flash(S("alarm.yours.toast", number=found.called))
    return _show_as_it_is(turn, found)


def pass_on(turn: Turn) -> None:
    found = asked.alarm_for(turn, Act.PASS_ALARM_ON)
    shown_for = asked.parts(turn)[1:3]
    if shown_for == (str(found.step), str(found.round)) and answering.pass_on(turn.store, found, turn.now):
        turn.note("alarm.passed_on", paging.about(found), found.family_id)
        return turn.flash(S("alarm.passed_on.toast"))
    return _show_as_it_is(turn, found)


def end(turn: Turn) -> None:
    found = asked.alarm_for(turn, Act.END_ALARM)
    if answering.stand_down(turn.store, found, turn.now):
        turn.note("alarm.ended", paging.about(found), found.family_id)
    turn.flash(S("alarm.ended.toast", number=found.called))


def take_over(turn: Turn) -> None:
    """From somebody who took it and may have forgotten it."""
    found = asked.alarm_for(turn, Act.TAKE_ALARM)
    if found.taken_by != turn.person.id and answering.take_over(turn.store, found, turn.person, turn.now):
        turn.note("alarm.taken_over", paging.about(found), found.family_id)
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
    for piece in rules.pieces(turn.asked.text, rules.SIDE_BY_SIDE):
        shown = screens.from_staff(turn.person.name, piece)
        turn.tell(person, shown, lane=Lane.CRISIS, about=f"line:{found.id}")
    turn.say(pages.written(found))
    turn.note("alarm.staff_wrote", paging.about(found), found.family_id)


def who(turn: Turn) -> None:
    """❓: whose alarm it is, for whoever has taken it."""
    answering.tell_who(Asking(turn.store, turn.person, turn.now), asked.alarm(turn))


def lines(turn: Turn) -> None:
    """❓: what the person has written."""
    if not answering.tell_lines(Asking(turn.store, turn.person, turn.now), asked.alarm(turn)):
        turn.flash(S("door.stale.toast"))


def open_alarms(turn: Turn) -> None:
    authorise(turn, Act.SEE_ALARMS)
    turn.say(pages.open_alarms(turn.store.alarms.not_ended()))


def open_one(turn: Turn) -> None:
    found = asked.alarm_for(turn, Act.SEE_ALARMS)
    paging.retire(turn.store, found, turn.person, turn.now)
    turn.say(
        paging.seen_by(turn.store, found, turn.person, turn.now), lane=Lane.CRISIS, about=paging.about(found)
    )


def _show_as_it_is(turn: Turn, found: Alarm) -> None:
    current = paging.fresh(turn.store, found)
    taker = paging.taker_of(turn.store, current)
    turn.flash(S("alarm.was_first.toast", name=taker.name) if taker else S("door.stale.toast"))
    turn.show(paging.seen_by(turn.store, current, turn.person, turn.now), lane=Lane.CRISIS)


def _of_dialogue(turn: Turn) -> Alarm | None:
    dialogue = turn.store.dialogues.of(turn.person.id, turn.now)
    return turn.store.alarms.get(str(dialogue.content["alarm"])) if dialogue else None
