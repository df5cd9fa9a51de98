"""What is heard about the rota, and what time does in it."""

from handlers import oncall
from handlers.room import Room, on_command, on_presses, on_words
from handlers.rota import (
    duty,
    handover,
    leading,
    making,
    planning,
    probing,
    sharing,
    swapping,
    watching,
)

room = Room(
    "rota",
    handlers=(
        on_words({"rota.menu.button": duty.show}),
        on_command("oncall", duty.show),
        on_presses(
            "rota",
            {
                "on": duty.on,
                "off": duty.off,
                "show": duty.show,
                "heard": probing.heard,
                "mine": swapping.mine,
                "own": swapping.own,
                "whom": swapping.whom,
                "ask": swapping.ask,
                "unask": swapping.withdraw,
                "yes": swapping.accept,
                "no": swapping.decline,
                "ownfile": sharing.own,
                "file": sharing.everybody,
                "list": leading.days,
                "plan": leading.plan,
                "shift": leading.shift,
                "give": leading.give,
                "given": leading.given,
                "cancel": leading.cancel,
                "cancelled": leading.cancelled,
                "weekly": leading.patterns,
                "endweekly": leading.ending,
                "endedweekly": leading.ended,
                "fill": leading.fill,
                "filled": leading.filled,
                "new": planning.begin,
                "pick": planning.pick,
                "back": planning.back,
                "stop": planning.stop,
                "save": planning.save,
            },
        ),
    ),
    dialogues={"begins": planning.typed, "ends": planning.typed},
    due={
        making.BEGINS: handover.begins,
        making.ENDS: handover.ends,
        making.MAKE: making.nightly,
        oncall.GAPS: watching.hourly,
        oncall.PROBE: probing.ask,
        oncall.LEFT: handover.left,
    },
    settled={probing.ABOUT: probing.settled},
    opens=making.opens,
)
