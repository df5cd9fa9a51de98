"""Which lines of the journal are somebody's own: never another parent's."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from handlers.acts import ACCESS
from handlers.rights import rules
from storage.journal import Line

NOT_MINE = {f"checkin:{'b' * 16}", "checkin:their-checkin", f"person:{'b' * 16}", f"alarm:{'b' * 16}"}
AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ME, OTHER, STAFF = "a" * 16, "b" * 16, "c" * 16
OWN = frozenset({ME, "my-checkin"})
lines = st.builds(
    lambda actor, act, kind, what: Line(1, AT, actor, act, f"{kind}:{what}", "f" * 16),
    st.sampled_from([ME, OTHER, STAFF, "house", "time", "command line"]),
    st.sampled_from(["checkin.made", "read.read_checkin", "appointment.made", "person.reachable"]),
    st.sampled_from(["checkin", "person", "alarm", "appointment", "family", "session", "request"]),
    st.sampled_from([ME, OTHER, "my-checkin", "their-checkin", "f" * 16]),
)


def is_of_another_appointment(line: Line) -> bool:
    """An appointment this parent is not asked to: those they are asked to count as their own."""
    kind, _, id = line.subject.partition(":")
    return kind == "appointment" and id not in OWN


@given(lines)
def test_what_another_parent_did_or_what_is_theirs_is_left_out(line: Line) -> None:
    seen = rules.is_theirs(line, ME, OWN, frozenset({STAFF}))
    if line.actor == ME:
        assert seen
    elif line.actor == OTHER or line.subject in NOT_MINE or is_of_another_appointment(line):
        assert not seen
    elif line.subject.startswith(("family", "session")) or line.subject == "checkin:my-checkin":
        assert seen


def test_every_act_has_a_topic_with_a_text() -> None:
    acts = [f"read.{act}" for act in ACCESS] + ["checkin.made", "hold.set", "never.heard.of"]
    assert {rules.topic(act) for act in acts} <= {*rules.TOPICS, "other"}
    assert rules.topic("read.read_checkin") == "checkin"
    assert rules.is_reading("read.open_family")
    assert not rules.is_reading("family.added")


def test_whoever_is_no_person_is_told_from_people() -> None:
    assert rules.is_somebody(ME)
    assert not any(map(rules.is_somebody, ("house", "time", "command line", "")))
