"""On which grounds entrusted words may be passed on: the list of section 65 (1) SGB VIII. Pure."""

from enum import StrEnum

LONGEST_NOTE = 600


class Ground(StrEnum):
    """Why somebody else reads what was entrusted; each is a number of section 65 (1)."""

    CONSENT = "consent"  # no. 1: whoever entrusted it agrees
    COURT = "court"  # no. 2: the family court must be told (section 8a (2))
    DANGER = "danger"  # no. 3: signs of danger to a child, for whoever the case has passed to
    SPECIALISTS = "specialists"  # no. 4: specialists who weigh the danger (section 8a)
    SECRECY = "secrecy"  # no. 5: grounds on which section 203 StGB allows it


def grounds(*, successor: bool) -> list[Ground]:
    """Those to choose from: the third is only for whom the case has passed to, not for a deputy."""
    return [ground for ground in Ground if successor or ground is not Ground.DANGER]
