"""Every act that any line of code writes into the journal has its sentence in the lead's languages."""

import ast
from collections.abc import Iterator
from itertools import product

import pytest

from handlers.acts import ACCESS
from handlers.attendance.rules import Reply
from handlers.journal.rules import known_act
from handlers.journal.screens import GROUP, act_in_words
from handlers.reminders.screens import REASONS
from locales.languages import shipped
from locales.translator import keys, text_of, voice
from storage.records import Answer, Role
from tests.house.test_words import trees

IN_WORDS = {key.removeprefix(GROUP) for key in keys("staff") if key.startswith(GROUP)}
# What may stand in the holes of an act that is put together, by the hole's own words or by all of them.
HOLES: dict[str, tuple[str, ...]] = {
    "f'read.{act}'": tuple(f"read.{act}" for act, rule in ACCESS.items() if rule.reads),
    "role": tuple(Role),
    "used.role": tuple(Role),
    "one.role": tuple(Role),
    "said": tuple(Answer),
    "reply": tuple(Reply),
    "reason": tuple(REASONS),
}
# one hands on what every turn gives it, the other what a store of version one holds
CARRIERS = frozenset({"handlers/turn.py", "storage/migrations/sealing.py"})
MODULES = {path.as_posix(): tree for path, tree in trees()}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def written() -> Iterator[tuple[str, ast.expr]]:
    """Every expression that becomes an act, and in which module."""
    for module, tree in MODULES.items():
        for node in ast.walk(tree) if module not in CARRIERS else ():
            act = act_of(node)
            if act is not None:
                yield module, act


def act_of(node: ast.AST) -> ast.expr | None:
    """The act in a call that writes a line; None for any other node."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return None
    called = ast.unparse(node.func)
    if called.endswith("journal.write"):
        return argument(node, 2, "act")
    return argument(node, 0, "act") if called in {"turn.note", "asks.note"} else None


def argument(call: ast.Call, at: int, name: str) -> ast.expr | None:
    named = next((word.value for word in call.keywords if word.arg == name), None)
    return call.args[at] if len(call.args) > at else named


def words(module: str, act: ast.expr) -> set[str]:
    """All acts that an expression may become. Raises LookupError when that can't be followed."""
    said = ast.unparse(act)
    if said in HOLES:
        return set(HOLES[said])
    match act:
        case ast.Constant():
            return {str(act.value)}
        case ast.IfExp():
            return words(module, act.body) | words(module, act.orelse)
        case ast.JoinedStr():
            parts = [in_hole(module, part) for part in act.values]
            return {"".join(one) for one in product(*parts)}
        case ast.Name():
            found = [word for given in givers(module, act) for word in words(module, given)]
            if found:
                return set(found)
    raise LookupError(f"{module}:{act.lineno}: {said} can't be followed; its words belong into HOLES")


def in_hole(module: str, part: ast.expr) -> set[str]:
    """What may stand there; what nobody knows is shown by the beginning of the act, if that has a sentence."""
    try:
        return words(module, part.value if isinstance(part, ast.FormattedValue) else part)
    except LookupError:
        return {"?"}


def givers(module: str, name: ast.Name) -> Iterator[ast.expr]:
    """What a name stands for: what was assigned to it, or what its function is called with in this module."""
    function = around(module, name)
    for node in (*ast.walk(function), *MODULES[module].body):
        if isinstance(node, ast.Assign) and any(ast.unparse(one) == name.id for one in node.targets):
            yield node.value
    places = [one.arg for one in (*function.args.posonlyargs, *function.args.args)]
    every = [*places, *(one.arg for one in function.args.kwonlyargs)]
    for call in ast.walk(MODULES[module]) if name.id in every else ():
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == function.name:
            given = argument(call, places.index(name.id) if name.id in places else 99, name.id)
            if given is not None:
                yield given


def around(module: str, node: ast.AST) -> Function:
    """The innermost function in which a node stands."""
    functions = [one for one in ast.walk(MODULES[module]) if isinstance(one, Function)]
    holding = [one for one in functions if any(inner is node for inner in ast.walk(one))]
    return max(holding, key=lambda one: one.lineno)


def looked_up() -> tuple[list[tuple[str, str]], list[str]]:
    """Every act with its module, and what could not be followed."""
    acts, lost = set(), []
    for module, expression in written():
        try:
            acts |= {(act, module) for act in words(module, expression)}
        except LookupError as error:
            lost.append(str(error))
    return sorted(acts), lost


ACTS, LOST = looked_up()


def test_every_act_can_be_followed() -> None:
    assert LOST == []


def test_acts_are_found_in_every_way_they_are_written() -> None:
    found = {act for act, _ in ACTS}
    assert {"alarm.raised", "alarm.repeated", "checkin.made", "appointment.answered.move"} <= found
    assert {"invitation.used.parent", "incident.closed", "family.left", "read.open_family"} <= found


@pytest.mark.parametrize(("act", "module"), ACTS)
def test_every_act_has_its_sentence(act: str, module: str) -> None:
    known = known_act(act, IN_WORDS)
    assert known, f"{module} writes {act}; its sentence journal.act.{act} is missing"
    for language in shipped("staff"):
        assert text_of("staff", language, GROUP + known), language


def test_an_act_of_an_older_version_is_shown_by_its_beginning() -> None:
    assert known_act("family.enrolled.bonner-day_group", IN_WORDS) == "family.enrolled"
    assert known_act("family", IN_WORDS) is None
    assert "walked.the.dog" in voice("de").say(act_in_words("walked.the.dog"))


@pytest.mark.parametrize("language", sorted(shipped("staff")))
def test_no_sentence_is_longer_than_a_line_on_a_phone(language: str) -> None:
    assert {
        act: text for act in IN_WORDS if len(text := text_of("staff", language, GROUP + act) or "") > 45
    } == {}
