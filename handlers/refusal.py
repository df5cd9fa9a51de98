"""A friendly no: raised anywhere in a room, said at the door in the person's language."""

from locales.phrase import Phrase


class Refusal(Exception):  # noqa: N818 - it is no error: the house works as it should
    """What was asked can't be done; `phrase` says why to the person who asked."""

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(phrase.key)
        self.phrase = phrase
