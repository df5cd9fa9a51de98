"""Who answers which button about another time."""

from handlers import wishing
from handlers.moving import asking, deciding, due, shifting
from handlers.room import Room, on_presses
from handlers.wish_cards import ROOM

room = Room(
    name=ROOM,
    handlers=(
        on_presses("appointments", {"move": asking.ask}),  # of cards that are older than this room
        on_presses(
            ROOM,
            {
                "ask": asking.ask,
                "again": asking.again,
                "back": asking.back,
                "slot": asking.take_slot,
                "other": asking.days,
                "day": asking.parts,
                "part": asking.take_part,
                "keep": asking.keep,
                "agree": asking.agree,
                "refuse": asking.refuse,
            },
        ),
        on_presses(
            ROOM,
            {
                "open": deciding.opened,
                "wish": deciding.of_appointment,
                "accept": deciding.accept,
                "fix": deciding.fix,
                "call": deciding.call,
                "stay": deciding.stay,
                "talked": deciding.talked,
                "counter": deciding.counter,
                "odays": deciding.days,
                "ohours": deciding.hours,
                "oquarters": deciding.quarters,
                "offer": deciding.offer,
            },
        ),
        on_presses(
            ROOM,
            {
                "shift": shifting.begin,
                "sdays": shifting.days,
                "shours": shifting.hours,
                "squarters": shifting.quarters,
                "to": shifting.picked,
                "sure": shifting.sure,
            },
        ),
    ),
    due={wishing.OPEN: due.look},
    opens=due.owe_all,
)
