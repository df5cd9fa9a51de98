"""The suite's ears work: what is given away in the log fails the run, and what is not does not."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whispers import Whispers

ROOT = Path(__file__).parents[2]
TOKEN = "4200000017:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"
TYPED = "mein Mann steht vor der Tür"


@pytest.fixture
def ears() -> Whispers:
    made = Whispers()
    made.secret("Zk3-invitation-code_9x", "an invitation code")
    made.secret(TOKEN, "a token")
    made.name("Amina")
    made.said(TYPED)
    return made


def logs(
    ears: Whispers, message: str, *given: object, name: str = "paenz.x", level: int = logging.DEBUG
) -> None:
    # by hand: through a real logger the suite's own ears would hear it too
    ears.logged(logging.LogRecord(name, level, "f.py", 1, message, given, None))


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("update 5 said mein Mann steht vor der Tür!", "something typed"),
        ("met Amina.", "a name"),
        ("[Amina]", "a name"),
        ("opened by Zk3-invitation-code_9x", "an invitation code"),
    ],
)
def test_a_leak_is_heard(ears: Whispers, said: str, what: str) -> None:
    logs(ears, "%s", said)
    (leak,) = ears.leaks()
    assert leak.startswith(what)
    assert "paenz.x" in leak


def test_what_the_log_hides_is_no_leak(ears: Whispers) -> None:
    logs(ears, "https://api.telegram.org/bot%s/getMe", TOKEN)
    logs(ears, "/start Zk3-invitation-code_9x")
    logs(ears, "t.me/PaenzPorzBot?start=Zk3-invitation-code_9x")
    assert ears.lines
    assert ears.leaks() == []


def test_a_token_in_a_childs_own_words_is_a_leak(ears: Whispers) -> None:
    ears.overheard(f"starting\nwith {TOKEN}\n", "standard error of a child")
    (leak,) = ears.leaks()
    assert "standard error of a child" in leak


def test_libraries_are_heard_from_the_level_our_log_lets_through(ears: Whispers) -> None:
    logs(ears, TYPED, name="sqlalchemy.engine.Engine", level=logging.INFO)
    logs(ears, TYPED, name="aiosqlite", level=logging.DEBUG)
    assert ears.leaks() == []
    logs(ears, TYPED, name="aiohttp.server", level=logging.ERROR)
    (leak,) = ears.leaks()
    assert "aiohttp.server" in leak


def test_a_long_text_cut_short_is_a_leak_all_the_same(ears: Whispers) -> None:
    ears.said("kommen Sie bitte schnell, ich weiß nicht mehr weiter und die Kinder weinen " * 9)
    logs(ears, "kommen Sie bitte schnell, ich weiß nicht mehr weiter und die Kinder w…")
    assert len(ears.leaks()) == 1


def test_what_one_worker_typed_and_another_logged_is_a_leak(ears: Whispers) -> None:
    other, all_of_it = Whispers(), Whispers()
    logs(other, f"said {TYPED}, \ud800")
    assert other.leaks() == []
    for told in (ears.told(), other.told()):
        all_of_it.hears(told)
    assert len(all_of_it.leaks()) == 1


@pytest.mark.parametrize("word", ["Hallo", "ja", "/start"])
def test_short_words_may_stand_in_a_log(word: str) -> None:
    ears = Whispers()
    ears.said(word)
    logs(ears, f"{word} {word}")
    assert ears.leaks() == []


@pytest.mark.parametrize("line", ["Aminasty", "vAmina", "/home/Amina/x.py", "Amina_room", "in Amina.py"])
def test_a_name_within_a_word_or_path_is_no_name(ears: Whispers, line: str) -> None:
    logs(ears, line)
    assert ears.leaks() == []


PLANTED = """
import logging
from bot.clock import WoundClock
from bot.demo.telegram.hand import Hand
from bot.demo.telegram.world import World

def test_it() -> None:
    hand = Hand(world := World(WoundClock()), world.account("Amina"))
    hand.types("mein Mann steht vor der Tür")
    logging.getLogger("paenz.planted").debug({said!r})
"""


@pytest.mark.parametrize("workers", ["0", "1"])
@pytest.mark.parametrize(
    ("said", "code"), [("mein Mann steht vor der Tür", 1), ("Amina", 1), ("nothing of hers", 0)]
)
def test_a_run_that_gives_something_away_fails(tmp_path: Path, said: str, code: int, workers: str) -> None:
    test = tmp_path / "test_planted.py"
    test.write_text(PLANTED.format(said=said), encoding="utf-8")
    (tmp_path / "pytest.ini").touch()
    words = ("-m", "pytest", "-q", "-p", "tests.whispers", "-p", "no:cacheprovider", "-n", workers, str(test))
    ended = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == code, ended.stdout + ended.stderr
    assert "1 passed" in ended.stdout
    assert ("is in the log" in ended.stdout) == bool(code)
    assert code == 0 or "logger paenz.planted" in ended.stdout
