"""Five situations, and which kinds of numbers help in each. Pure; the numbers themselves are the agency's."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Situation(StrEnum):
    """What may be going on. Which one somebody chose is written down nowhere."""

    VIOLENCE = "violence"
    CHILD_ILL = "child_ill"
    POISON = "poison"
    CANT_GO_ON = "cant_go_on"
    POLICE_FIRE = "police_fire"


@dataclass(frozen=True, slots=True)
class Helping:
    """The keys of numbers to call oneself, the most fitting first, and of those somebody else may call for one."""

    numbers: tuple[str, ...]
    by_others: tuple[str, ...]


HELPING: Mapping[Situation, Helping] = {
    Situation.VIOLENCE: Helping(("police", "violence_women", "agency", "abuse", "young"), ("police",)),
    Situation.CHILD_ILL: Helping(("ambulance_fire", "medical", "agency"), ("ambulance_fire",)),
    Situation.POISON: Helping(("poison", "ambulance_fire", "agency"), ("ambulance_fire", "poison")),
    Situation.CANT_GO_ON: Helping(
        ("pastoral", "parents", "agency", "young", "ambulance_fire"), ("ambulance_fire",)
    ),
    Situation.POLICE_FIRE: Helping(("police", "ambulance_fire", "agency"), ("police", "ambulance_fire")),
}
