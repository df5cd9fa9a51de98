"""What is heard about courses: parents at their cards, caseworkers at their lists."""

from handlers.calendar import COURSE
from handlers.courses import actions, certifying, due, leading, making, presence, screens, signing
from handlers.room import Room, on_command, on_presses

room = Room(
    name=screens.ROOM,
    handlers=(
        on_command("courses", leading.listed),
        on_presses(
            screens.ROOM,
            {
                "come": signing.come,
                "no": signing.no,
                "unclear": signing.unclear,
                "quit": signing.quitting,
                "left": signing.left,
                "stay": signing.stay,
                **making.picking.verbs(),
                "send": making.send,
                "list": leading.listed,
                "open": leading.opened,
                "families": leading.families,
                "out": leading.taking_out,
                "outsure": leading.taken_out,
                "others": leading.others,
                "invite": leading.invited,
                "cancel": leading.cancelling,
                "sure": leading.cancelled,
                "off": leading.calling_off,
                "offsure": leading.called_off,
                "session": presence.session,
                "tap": presence.tap,
                "rest": presence.rest,
                "papers": certifying.papers,
                "look": certifying.look,
                "mine": certifying.mine,
                "give": certifying.send,
                "all": certifying.send_all,
            },
        ),
    ),
    dialogues={"place": making.picking.typed},
    due={COURSE: due.invite, actions.FILL: due.fill, actions.OVER: due.over},
    settled={certifying.SENT: due.paper_settled},
)
