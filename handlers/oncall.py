"""How any room says that somebody is to be asked whether they would hear a page, or does crisis work no more."""

from datetime import datetime, timedelta

from storage.store import Store

PROBE, LEFT, GAPS = "crisis.probe", "rota.left", "rota.gaps"
A_BREATH = timedelta(seconds=5)  # the greeting is read first


def ask_whether_heard(store: Store, person_id: str, now: datetime) -> None:
    """They get a test page in a moment, and do not count as on call before they have answered one."""
    store.timers.set(PROBE, person_id, now + A_BREATH)


def unheard(store: Store, person_id: str, now: datetime) -> None:
    """Nobody knows any more whether they would hear a page: they do not count until they have answered one."""
    store.duties.tested(person_id, None)
    if store.timers.due_at(GAPS, "") is not None:
        store.timers.set(GAPS, "", now)


def leaves_the_rota(store: Store, person_id: str, now: datetime) -> None:
    """They are on call no more: the rota lets go of their shifts."""
    store.timers.set(LEFT, person_id, now)
