"""The courses' files: ours are whole in every language, and an agency's own say what is not right in them."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from locales import courses, syllabi
from locales.catalogs import main
from locales.languages import shipped
from locales.phrase import F, Written
from locales.translator import voice
from locales.workshop.courses import check_courses, course
from locales.workshop.direction import misplaced


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Path]:
    """A folder of the agency's own courses, with a copy of one of ours in it."""
    folder = tmp_path / "courses"
    shutil.copytree(syllabi.OURS / "own_flat", folder / "first_flat")
    yield folder
    courses.also_from(None)


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults(folder: Path) -> str:
    return "\n".join(map(str, courses.left_out(folder)))


def test_ours_are_whole() -> None:
    assert check_courses(syllabi.OURS) == []
    assert [(one.id, one.sessions, one.exercises) for one in courses.syllabi()] == [
        ("own_flat", 4, 8),
        ("toddlers", 8, 16),
    ]


@pytest.mark.parametrize("language", shipped("families"))
@pytest.mark.parametrize("id", ["own_flat", "toddlers"])
def test_every_session_and_exercise_is_there_in_every_language(id: str, language: str) -> None:
    found = courses.syllabus(id)
    assert found is not None
    assert courses.spoken(id, language) == language
    sessions = [courses.session(id, n, language) for n in range(1, found.sessions + 1)]
    exercises = [courses.exercise(id, n, language) for n in range(found.exercises)]
    assert all(one and one.topic and 1 <= len(one.what_we_do) <= 3 for one in sessions)
    assert all(one and 5 <= one.minutes <= 15 and 2 <= len(one.lines) <= 4 and one.tip for one in exercises)
    assert courses.exercise(id, found.exercises, language) is None
    assert courses.topic(id, found.sessions + 1, language) == ""


@pytest.mark.parametrize("id", ["own_flat", "toddlers"])
def test_arabic_exercises_run_from_the_right_and_keep_their_numbers(id: str) -> None:
    found = courses.syllabus(id)
    assert found is not None
    for n in range(found.exercises):
        one = courses.exercise(id, n, "ar")
        assert one is not None
        text, tip = Written("\n".join(f"• {line}" for line in one.lines)), Written(one.tip)
        shown = F("practice.exercise", n=1, all=2, title=one.title, minutes=5, text=text, tip=tip)
        said = voice("ar").say(shown)
        assert list(misplaced(said, "")) == []
        assert "\u200f\u200f" not in said


@pytest.mark.parametrize(
    ("language", "old", "new", "says"),
    [
        ("de", "minutes = 10", 'minutes = "zehn"', "first_flat/de.toml:exercise 1, minutes: is a number from 1"),
        ("de", "[[exercises]]\n", "[[exercises]]\nzeit = 5\n", "exercise 1, zeit: is no known entry; here stand"),
        ("de", 'tip = "', 'tip = „', "can't be read: "),
        ("de", 'tip = "Jeden', 'tipp = "Jeden', "exercise 1, tip: is missing"),
        ("de", "Bringen Sie das Blatt", "Sie müssen das Blatt", "'Sie müssen' does not belong here: ask kindly"),
        ("de", "Wählen Sie eine kleine Ecke", "Wählen Sie eine kleine Ecke " + "x" * 90, "please say it in 100"),
        ("tr", "110 polis.", "155 polis.", "its numbers (112, 155) are not the German ones (110, 112)"),
        ("tr", "minutes = 10", "minutes = 11", "first_flat/tr.toml:exercise 1, minutes: is 11, in German 10"),
        ("tr", "Saat çalınca bırakın.\n", "", "exercise 1, text: it has 2 lines, German has 3"),
        ("ar", "علّقوا الورقة", "112: علّقوا الورقة", "begins with no letter of the language"),
        ("ar", "توقّفوا", "أنت", "nobody is a man or a woman here"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_file_and_entry(own: Path, language: str, old: str, new: str, says: str) -> None:
    edit(own / "first_flat" / f"{language}.toml", old, new)

    assert says in faults(own)
    courses.also_from(own)
    assert courses.syllabus("first_flat") is None
    assert courses.syllabus("toddlers") is not None


def test_an_exercise_more_in_one_language_is_found(own: Path) -> None:
    more = '\n[[exercises]]\ntitle = "Noch eine"\nminutes = 5\ntext = "Bitte lächeln."\ntip = "Das hilft."\n'
    file = own / "first_flat" / "de.toml"
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")

    assert "first_flat/ar.toml:exercises: there are 8, in German 9; please make them equal" in faults(own)

    for code in ("tr", "ar"):
        (own / "first_flat" / f"{code}.toml").unlink()
    assert faults(own) == ""
    courses.also_from(own)
    assert courses.syllabus("first_flat") == courses.Syllabus("first_flat", 4, 9)


def test_a_course_in_german_alone_is_german_as_a_whole(own: Path) -> None:
    (own / "first_flat" / "tr.toml").unlink()
    courses.also_from(own)

    assert courses.spoken("first_flat", "tr") == "de"
    assert courses.title("first_flat", "tr") == courses.title("first_flat", "de") == "Die eigene Wohnung"
    assert courses.topic("first_flat", 3, "tr") == "Briefe und Ämter"
    assert courses.title("first_flat", "ar") == "السكن المستقل"


def test_an_own_course_of_the_same_name_takes_the_place_of_ours(own: Path) -> None:
    shutil.copytree(own / "first_flat", own / "toddlers")
    courses.also_from(own)

    assert courses.syllabus("toddlers") == courses.Syllabus("toddlers", 4, 8)


def test_without_german_or_with_an_odd_name_there_is_no_course(own: Path) -> None:
    (own / "first_flat" / "de.toml").rename(own / "first_flat" / "deutsch.toml")
    (own / "first_flat").rename(own / "Erste Wohnung")

    said = faults(own)
    assert "Erste Wohnung/deutsch.toml:: no language is called so; there are de, tr, ar" in said
    assert "de.toml is missing; every course is there in German" in said
    assert "a folder's name has 2 to 24 small letters" in said


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert "there is no such folder" in faults(tmp_path / "none")


def a_folder(file: Path) -> None:
    file.mkdir()


def a_pipe(file: Path) -> None:
    os.mkfifo(file)


def leads_nowhere(file: Path) -> None:
    file.symlink_to("nowhere")


def too_large(file: Path) -> None:
    file.write_text("# " + "a" * 200_000)


def a_long_number(file: Path) -> None:
    file.write_text("x = " + "1" * 5000)


def too_deep(file: Path) -> None:
    file.write_text("x = " + "[" * 100_000)


@pytest.mark.parametrize(
    ("lays", "says"),
    [
        (a_folder, "is no file with text in it"),
        (a_pipe, "is no file with text in it"),
        (leads_nowhere, "can't be opened (FileNotFoundError); may the bot read it?"),
        (too_large, "is larger than 200 kB"),
        (a_long_number, "a number is too long, or brackets"),
        (too_deep, "a number is too long, or brackets"),
    ],
)
def test_what_can_not_be_read_costs_its_own_course_alone(
    own: Path, lays: Callable[[Path], None], says: str
) -> None:
    (own / "odd").mkdir()
    lays(own / "odd" / "de.toml")

    assert f"odd/de.toml:: {says}" in faults(own).replace("can't be read: ", "")
    courses.also_from(own)
    assert [one.id for one in courses.syllabi()] == ["first_flat", "own_flat", "toddlers"]


def test_a_folder_that_can_not_be_opened_is_said(tmp_path: Path) -> None:
    closed = tmp_path / ("a" * 300)
    assert "the folder can't be opened (OSError)" in faults(closed)
    courses.also_from(closed)
    try:
        assert [one.id for one in courses.syllabi()] == ["own_flat", "toddlers"]
    finally:
        courses.also_from(None)


def test_what_an_editor_leaves_behind_is_passed_over(own: Path) -> None:
    folder = own / "first_flat"
    (folder / ".#de.toml").symlink_to("somebody@somewhere.1")
    for left in ("._de.toml", "de.toml~", "#de.toml#", ".de.toml.swp"):
        (folder / left).write_bytes(b"\x00\x05")

    assert faults(own) == ""


@pytest.mark.parametrize("title", ["\u200b\u200b", "\u00a0\u2800", "\u3164"])
def test_a_title_that_nobody_sees_is_none(own: Path, title: str) -> None:
    edit(own / "first_flat" / "de.toml", 'title = "Die eigene Wohnung"', f'title = "{title}"')

    assert "first_flat/de.toml:title: is empty" in faults(own)


@pytest.mark.parametrize("language", shipped("families"))
def test_on_fire_nobody_is_sent_into_the_smoke_or_told_to_try_a_call(language: str) -> None:
    walk = courses.exercise("own_flat", 7, language)
    session = courses.session("own_flat", 4, language)
    assert walk is not None
    assert session is not None
    assert walk.tip.count("112") == 2  # outside, and behind a closed door while there is smoke on the stairs
    stairs, children, alone = {
        "de": ("Rauch im Treppenhaus: drinnen bleiben", "Kinder mitnehmen", "ohne Telefon"),
        "tr": ("Merdivende duman: içeride kalın", "çocuklarla", "telefonsuz"),
        "ar": ("دخان في الدرج: ابقوا في الداخل", "خذوا الأطفال", "دون هاتف"),
    }[language]
    assert stairs in walk.tip
    assert children in walk.tip
    assert alone in session.what_we_do[0]


def test_ours_are_asked_for_every_language(own: Path) -> None:
    (own / "first_flat" / "ar.toml").unlink()

    (problem,) = course(own / "first_flat", complete=True)[1]

    assert str(problem) == "first_flat:: ar.toml is missing; ours are there in every language"


def test_the_check_of_the_catalogs_reads_the_courses_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(syllabi.OURS, tmp_path / "locales" / "courses")
    edit(tmp_path / "locales" / "courses" / "toddlers" / "tr.toml", "minutes = 5", "minutes = 6")
    shutil.copy(syllabi.OURS.parent / "babel.cfg", tmp_path / "locales")

    main(["--root", str(tmp_path / "locales"), "check"])

    assert "toddlers/tr.toml:exercise 1, minutes: is 6, in German 5" in capsys.readouterr().out
