"""The store or its keys can't be reached just now: whoever was at work waits and does it again."""

from sqlalchemy.exc import OperationalError

from storage.keyring import KeysUnwell

UNWELL = (OperationalError, KeysUnwell)


def why(error: OperationalError | KeysUnwell) -> str:
    """What may stand in a log: a statement may hold names, what the keys say never does."""
    return str(error) if isinstance(error, KeysUnwell) else type(error.orig).__name__
