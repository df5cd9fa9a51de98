"""What helps in one situation: numbers to touch, and a card to show. The choice itself is written down nowhere."""

from handlers.access import Act, authorise
from handlers.crisis import screens
from handlers.crisis.asked import stale
from handlers.crisis.calling import helping
from handlers.crisis.numbers import DEFAULTS, known
from handlers.crisis.situations import HELPING, Situation
from handlers.given import part
from handlers.turn import Turn
from storage.records import CrisisNumber, Lane

MOST_CARDS = 4


def ask(turn: Turn) -> None:
    """The five situations, in place of the one that was shown."""
    authorise(turn, Act.ASK_FOR_HELP)
    turn.show(screens.cases(), lane=Lane.CRISIS)


def show(turn: Turn) -> None:
    """The numbers at once, in the very message; the cards below it overtake nobody's news of an alarm."""
    authorise(turn, Act.ASK_FOR_HELP)
    situation = _chosen(turn)
    numbers = _helping(turn, HELPING[situation].numbers)[:MOST_CARDS]
    turn.show(screens.case(situation, numbers), lane=Lane.CRISIS)
    for number in numbers:
        turn.say(screens.contact(number))
    others = _helping(turn, HELPING[situation].by_others)
    turn.say(screens.card(situation, others, turn.voice.language))


def _chosen(turn: Turn) -> Situation:
    """Raises Refusal for what is no situation."""
    try:
        return Situation(part(turn))
    except ValueError:
        raise stale(turn) from None


def _helping(turn: Turn, keys: tuple[str, ...]) -> list[CrisisNumber]:
    """What answers now; where the agency lists nothing that does, the country's own numbers."""
    local, language = turn.now.astimezone(turn.voice.zone), turn.voice.language
    found = helping(known(turn.store), keys, local, language)
    return found or helping(DEFAULTS, keys, local, language)
