"""A caseworker copies a course and changes it: a slip is told by name, and what is right is offered at once."""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import running
from bot.demo.telegram.world import World
from locales import courses, syllabi
from storage.records import Role
from tests import template
from tests.phones import Phone
from tests.stage import HURRIED, Stage, in_the_morning, served

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """The agency's folder: our course for the training flat, copied and given another name, in German alone."""
    folder = tmp_path / "courses"
    shutil.copytree(syllabi.OURS / "own_flat", folder / "first_weeks")
    for code in ("tr", "ar"):
        (folder / "first_weeks" / f"{code}.toml").unlink()
    change(folder, 'title = "Die eigene Wohnung"', 'title = "Die ersten Wochen"')
    yield folder
    courses.also_from(None)


def change(folder: Path, old: str, new: str) -> None:
    file = folder / "first_weeks" / "de.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


async def checked(folder: Path) -> str:
    """What `paenz check` prints about the courses."""
    settings = {"PAENZ_COURSES": str(folder), "PAENZ_STORE": f"sqlite:///{folder}/none.db"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "check",
        cwd=ROOT, env=os.environ | settings | {"COLUMNS": "1000"}, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    return next(line for line in said.decode().splitlines() if "Courses" in line)


async def chooses(klein: Phone) -> None:
    """The courses that can be given to the family."""
    await klein.presses("👪 Familien")
    await klein.sees("Ihre Familien")
    await klein.presses("Ahorn")
    await klein.sees("👪 Familie: Ahorn")
    await klein.presses("🎯 Übungen")
    await klein.sees("🎯 Übungen: Ahorn")
    await klein.presses("➕ Übungen geben")
    await klein.sees("Welche Übungen bekommt die Familie Ahorn?")


async def test_a_slip_is_told_and_what_is_right_is_offered(stage: Stage, own: Path) -> None:
    stage.expects_error("a course is left out")
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    yusuf = await stage.parent("Yusuf", "ar", await stage.family("Ahorn", klein))
    change(own, "Hören Sie auf, wenn", "Sie müssen aufhören, wenn")

    said = await checked(own)
    assert said.startswith(
        "❌ Courses: left out until this is mended: first_weeks/de.toml, exercise 1, text:"
    )
    assert "'Sie müssen' does not belong here: ask kindly: Bitte …" in said
    courses.also_from(own)
    await chooses(klein)
    assert "Die ersten Wochen" not in klein.keyboard

    change(own, "Sie müssen aufhören, wenn", "Hören Sie auf, wenn")
    assert await checked(own) == "✅ Courses: 3 can be offered"
    courses.also_from(own)
    await chooses(klein)
    await klein.presses("Die ersten Wochen")
    await klein.sees("Yusuf: Die ersten Wochen, Übung 1 von 8")
    await yusuf.sees("✨ Die ersten Wochen\nعددها: 8.")

    await yusuf.presses("▶️ الآن")
    shown = await yusuf.sees("🎯 Ihre Übung 1 von 8\n✨ Eine Ecke, zehn Minuten")
    assert "🗣 هذا التمرين غير متوفر بلغتكم بعد." in shown.words
    await yusuf.presses("❓ سؤال")
    await yusuf.sees("👤 يتم الآن إبلاغ: Frau Klein")
    await klein.sees("❓ Frage zu einer Übung\n👪 Ahorn\n🎯 Eine Ecke, zehn Minuten")


async def test_a_course_that_is_taken_away_keeps_her_place(stage: Stage, own: Path) -> None:
    courses.also_from(own)
    klein = await stage.staff("Frau Klein", Role.CASEWORKER)
    amina = await stage.parent("Amina", "tr", await stage.family("Ahorn", klein))
    await chooses(klein)
    await klein.presses("Die ersten Wochen")
    await klein.sees("Amina: Die ersten Wochen, Übung 1 von 8")
    await amina.sees("✨ Die ersten Wochen")
    await amina.presses("▶️ Hemen şimdi")
    await amina.sees("🎯 Ihre Übung 1 von 8")

    courses.also_from(None)
    await stage.forward(days=20)
    await amina.sees_nothing()
    await amina.presses("✅ Yaptım")
    await amina.sees("Bu kurs şu anda yok. Yeriniz kalıyor.")

    courses.also_from(own)
    await stage.forward(days=1)
    await amina.sees("✨ Eine Ecke, zehn Minuten")


async def test_the_bot_starts_whatever_lies_in_the_folder(own: Path, tmp_path: Path) -> None:
    (own / "odd").mkdir()
    (own / "odd" / "de.toml").symlink_to("nowhere")
    said = await checked(own)
    assert said.startswith("❌ Courses: left out until this is mended: odd/de.toml: can't be opened")
    courses.also_from(own)

    clock = in_the_morning()
    world = World(clock, rules=HURRIED, seed=1)
    store, keys = template.store_in(tmp_path, "s.db"), template.keys_in(tmp_path)
    async with served(world) as address, running(address, world.token, store, keys, clock) as machine:
        assert machine.beat
    assert [one.id for one in courses.syllabi()] == ["first_weeks", "own_flat", "toddlers"]
