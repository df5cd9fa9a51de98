"""The auditor finds what no alarm may hang on, each by itself, and is content when all is well."""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.audit import Found, What, audited
from bot.auditor import Auditor, beat_at
from bot.pulse import feel, felt, pulse_of
from bot.ringing import NotRung
from storage.engine import Archive
from storage.keyring import Keys
from storage.records import Alarm, Lane, Role, Timer
from storage.store import Store
from storage.tables import alarms, deliveries
from tests.demo.wire import StillClock
from tests.pager import paging

SECOND = timedelta(seconds=1)
ESCALATE, REMIND = "crisis.escalate", "crisis.remind"


@dataclass
class Scene:
    """A store in which one alarm is open and everything is as it should be."""

    archive: Archive
    url: str
    keys: Keys
    now: datetime
    alarm: Alarm

    def found(self, later: timedelta = timedelta(0)) -> list[What]:
        return [one.what for one in audited(self.url, self.keys, self.now + later)]

    def beats(self, later: timedelta = timedelta(0)) -> None:
        feel(pulse_of(self.url), self.now + later)


@pytest.fixture
async def scene(archive: Archive, tmp_path: Path, now: datetime) -> Scene:
    def open_one(store: Store) -> Alarm:
        person = store.people.met(1, "de", now)
        alarm = store.alarms.open(person.id, None, {"minutes": [5]}, now)
        store.timers.set(ESCALATE, alarm.id, now + timedelta(minutes=5))
        return alarm

    alarm = await archive.write(open_one)
    url = f"sqlite:///{tmp_path}/paenz.db"
    made = Scene(archive, url, archive.vault.keyring.where, now, alarm)
    made.beats()
    return made


async def test_all_is_well(scene: Scene) -> None:
    assert scene.found() == []


async def test_a_deleted_timer(scene: Scene) -> None:
    await scene.archive.write(lambda store: store.timers.drop(ESCALATE, scene.alarm.id))
    (found,) = audited(scene.url, scene.keys, scene.now)
    assert str(found) == "an open alarm has no next step: A-0001"


async def test_a_timer_whose_time_is_long_over(scene: Scene) -> None:
    later = timedelta(minutes=5, seconds=9)
    scene.beats(later)
    assert scene.found(later) == []
    later += 3 * SECOND
    assert set(scene.found(later)) == {What.NO_NEXT_STEP, What.OVERDUE}


async def test_a_taken_alarm_needs_somebody_and_a_reminder(scene: Scene) -> None:
    def take(store: Store) -> None:
        taker = store.people.met(2, "de", scene.now)
        store.people.grant(taker.id, Role.ON_CALL, scene.now)
        store.alarms.take(scene.alarm.id, taker.id, scene.now)
        store.timers.drop(ESCALATE, scene.alarm.id)

    await scene.archive.write(take)
    assert scene.found() == [What.NO_REMINDER]
    due_at = scene.now + timedelta(minutes=10)
    await scene.archive.write(lambda store: store.timers.set(REMIND, scene.alarm.id, due_at))
    assert scene.found() == []
    nobody = update(alarms).values(taken_by=None)
    await scene.archive.write(lambda store: store.connection.execute(nobody))
    assert scene.found() == [What.NO_HOLDER]


@pytest.mark.parametrize("role", [Role.ON_CALL, Role.LEAD])
async def test_whoever_has_taken_it_must_be_somebody_who_helps(scene: Scene, role: Role) -> None:
    def take(store: Store) -> str:
        taker = store.people.met(2, "de", scene.now)
        store.people.grant(taker.id, role, scene.now)
        store.alarms.take(scene.alarm.id, taker.id, scene.now)
        store.timers.set(REMIND, scene.alarm.id, scene.now + timedelta(minutes=10))
        return taker.id

    id = await scene.archive.write(take)
    assert scene.found() == []
    await scene.archive.write(lambda store: store.people.revoke(id, role))
    assert scene.found() == [What.NO_HOLDER]


async def test_a_step_that_always_fails(scene: Scene) -> None:
    """Each failure puts it off, so that it is never long overdue."""

    async def fails() -> None:
        until = scene.now + 10 * SECOND
        timer = Timer(ESCALATE, scene.alarm.id, until)
        await scene.archive.write(lambda store: store.timers.put_off(timer, until))

    await fails()
    assert scene.found() == []
    await fails()
    (found,) = audited(scene.url, scene.keys, scene.now)
    assert found == Found(What.FAILING, ESCALATE)
    await scene.archive.write(
        lambda store: store.timers.set(ESCALATE, scene.alarm.id, scene.now + timedelta(minutes=5))
    )
    assert scene.found() == []


@pytest.mark.parametrize(
    ("minutes", "what"), [(10, []), (11, []), (12, [What.NO_NEXT_STEP]), (10**6, [What.NO_NEXT_STEP])]
)
async def test_a_step_that_is_due_only_some_day(scene: Scene, minutes: int, what: list[What]) -> None:
    """Ten minutes are the longest wait of the rule; one more is nothing."""
    due_at = scene.now + timedelta(minutes=minutes)
    await scene.archive.write(lambda store: store.timers.set(ESCALATE, scene.alarm.id, due_at))
    assert scene.found() == what


async def test_a_promised_call_may_be_later_than_the_rule_asks(scene: Scene) -> None:
    promised = scene.now + timedelta(minutes=30)

    def take(store: Store) -> None:
        taker = store.people.met(2, "de", scene.now)
        store.people.grant(taker.id, Role.ON_CALL, scene.now)
        store.alarms.take(scene.alarm.id, taker.id, scene.now)
        store.timers.set(REMIND, scene.alarm.id, promised)

    await scene.archive.write(take)
    assert scene.found() == [What.NO_REMINDER]
    promise = update(alarms).values(promise="calls_at", promised_for=promised)
    await scene.archive.write(lambda store: store.connection.execute(promise))
    assert scene.found() == []


async def test_a_beat_that_is_still_to_come_is_silence(scene: Scene) -> None:
    """The bot froze, and then somebody set the clock back."""
    assert scene.found(-4 * SECOND) == []
    assert What.PULSE in scene.found(timedelta(minutes=-55))


async def test_a_heart_that_does_not_beat(scene: Scene) -> None:
    assert scene.found(29 * SECOND) == []
    assert scene.found(31 * SECOND) == [What.PULSE]
    pulse_of(scene.url).unlink()
    assert scene.found() == [What.PULSE]


@pytest.mark.parametrize(
    ("lane", "tries", "what"),
    [
        (Lane.PAGE, 0, [What.STUCK]),
        (Lane.CRISIS, 3, [What.TELEGRAM]),
        (Lane.ANSWER, 3, []),
        (Lane.NEWS, 0, []),
    ],
)
async def test_what_does_not_leave(scene: Scene, lane: Lane, tries: int, what: list[What]) -> None:
    def owe(store: Store) -> None:
        store.deliveries.post(lane, 1, "sendMessage", {}, scene.now)
        store.connection.execute(update(deliveries).values(attempts=tries))

    await scene.archive.write(owe)
    scene.beats(46 * SECOND)
    assert scene.found(44 * SECOND) == []
    assert scene.found(46 * SECOND) == what


async def test_what_people_sent_lies_unheard(scene: Scene) -> None:
    await scene.archive.write(lambda store: store.updates.keep([(1, "{}", 5)], scene.now))
    assert scene.found(9 * SECOND) == []
    assert scene.found(11 * SECOND) == [What.INTAKE]
    await scene.archive.write(lambda store: store.updates.done(1))
    assert scene.found(11 * SECOND) == []


async def test_a_second_way_that_does_not_ring(scene: Scene) -> None:
    def ring(store: Store) -> None:
        way = store.second_ways.add(scene.alarm.person_id, "ntfy://x/y", scene.now)
        store.rings.post(way.id, "x", scene.now, scene.alarm.id)

    await scene.archive.write(ring)
    scene.beats(46 * SECOND)
    assert scene.found(46 * SECOND) == [What.SECOND_WAY]


async def test_a_store_that_can_not_be_read_is_a_finding(scene: Scene, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/none.db"
    feel(pulse_of(url), scene.now)
    assert audited(url, scene.keys, scene.now) == [Found(What.STORE, "FileNotFoundError")]
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "none.db").write_bytes(os.urandom(8192))
    assert audited(url, scene.keys, scene.now) == [Found(What.STORE, "StoreError")]
    elsewhere = Keys.within(tmp_path / "elsewhere")
    assert audited(scene.url, elsewhere, scene.now) == [Found(What.STORE, "KeyFileError")]


async def test_it_writes_nothing(scene: Scene) -> None:
    before = await scene.archive.read(
        lambda store: store.connection.exec_driver_sql("PRAGMA data_version").scalar()
    )
    assert scene.found() == []
    after = await scene.archive.read(
        lambda store: store.connection.exec_driver_sql("PRAGMA data_version").scalar()
    )
    assert before == after


@dataclass
class Post:
    """Remembers what the auditor told and whether it beat."""

    auditor: Auditor = field(init=False)
    wrong: list[list[Found]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    beats: int = 0
    deaf: bool = False

    def look(self, now: datetime) -> list[Found]:
        return self.wrong.pop(0) if len(self.wrong) > 1 else self.wrong[0]

    async def tell(self, text: str) -> None:
        if self.deaf:
            raise NotRung("not accepted")
        self.told.append(text)

    async def beat(self) -> None:
        self.beats += 1


@pytest.fixture
def post(tmp_path: Path) -> Post:
    made = Post()
    made.auditor = Auditor(
        made.look,
        StillClock(),
        well=tmp_path / "well",
        round_made=tmp_path / "round",
        tell=made.tell,
        beat=made.beat,
        again=0.0,
    )
    return made


GONE, LATE = Found(What.NO_NEXT_STEP, "A-0007"), Found(What.INTAKE)


async def test_each_finding_is_told_once_and_that_all_is_well_again(post: Post) -> None:
    for wrong in ([GONE], [GONE], [GONE, LATE], [LATE], [], []):
        post.wrong = [wrong]
        await post.auditor.round()
    assert post.told == [f"Pänz: {GONE}", f"Pänz: {LATE}", "Pänz: all is well again"]
    assert post.beats == 2
    assert felt(post.auditor.well) == felt(post.auditor.round_made)


async def test_nothing_beats_while_anything_is_wrong(post: Post) -> None:
    post.wrong = [[GONE]]
    assert await post.auditor.round() == [GONE]
    assert post.beats == 0
    assert felt(post.auditor.well) is None


async def test_what_is_wrong_in_passing_is_nothing(post: Post) -> None:
    post.wrong = [[GONE], [LATE]]
    assert await post.auditor.round() == []
    assert post.told == []


async def test_what_could_not_be_told_is_told_later(post: Post) -> None:
    post.wrong, post.deaf = [[GONE]], True
    await post.auditor.round()
    post.deaf = False
    await post.auditor.round()
    assert post.told == [f"Pänz: {GONE}"]


async def test_the_beat_is_one_call_and_a_refusal_is_no_beat() -> None:
    async with paging() as outside:
        await beat_at(f"http://127.0.0.1:{outside.port}/beat")
        assert outside.asked == 1
        outside.status = 404
        with pytest.raises(NotRung):
            await beat_at(f"http://127.0.0.1:{outside.port}/beat")
    with pytest.raises(NotRung):
        await beat_at(f"http://127.0.0.1:{outside.port}/beat")
