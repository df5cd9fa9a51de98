"""A friendly no: raised anywhere in a room, said at the door in the person's language."""

from locales.phrase import Phrase


class Refusal(Exception):  # noqa: N818 - it is no error: the house works as it should
    """What was asked can't be done; `phrase` says why to the person who asked."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.key)
        self.phrase = phrase


class NeedsCode(Refusal):
    """They may, but have to show a code of their app first: any of today, or a `fresh` one."""

    def __init__(self, phrase: Phrase, *, fresh: bool) -> None:
        super().__init__(phrase)
        self.fresh = fresh
