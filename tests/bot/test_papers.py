"""The papers for data protection: valid pages that say what is true and nothing they were not told."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.papers import operator
from bot.papers.breaches import Log, is_late
from bot.papers.numbers import callable_by
from bot.papers.press import css_string
from locales.languages import LANGUAGES
from storage.register import REGISTER
from tests.printing import (
    EMPTY,
    FULL,
    INCIDENTS,
    NOW,
    NUMBERS,
    SAMPLE,
    STATES,
    VERSION,
    Reader,
    edges,
    incident,
    pages,
)

FILES = list(pages(EMPTY))
EVERY = [(made, language) for made in STATES for language in ("de", "en")]
HOSTILE = '</style><script>alert(1)</script>"; } body { display: none } <b>&amp;'


def every_page() -> list[tuple[str, str]]:
    return [pair for made, language in EVERY for pair in pages(replace(made, language=language)).items()]


def test_there_are_papers_for_everybody() -> None:
    assert FILES[:5] == ["index.html", "records.html", "dpia.html", "processors.html", "incidents.html"]
    families = {f"{name}-{code}.html" for name in ("info", "letter") for code in ("de", "tr", "ar")}
    assert set(FILES[5:]) == families


def test_every_page_is_well_formed(caplog: pytest.LogCaptureFixture) -> None:
    for file, page in every_page():
        read = Reader(page)
        assert page.startswith("<!DOCTYPE html>"), file
        assert read.faults == [], file
        ids = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
        assert len(ids) == len(set(ids)), file
    assert [record.getMessage() for record in caplog.records] == []


def test_every_key_and_every_slot_is_filled() -> None:
    for file, page in every_page():
        text = Reader(page).text
        assert not re.search(r"\{\w*\}|\{\{|\{%|…", text), file
        assert not re.search(r"\b(?:papers|number)\.[a-z]", text), file


def test_pages_need_nothing_from_outside_and_run_nothing() -> None:
    for file, page in every_page():
        assert not re.search(r"https?:|//|@import|url\(|javascript:", page), file
        tags = Reader(page).tags
        assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "form", "base"}, (
            file
        )
        assert not [name for _, attributes in tags for name in attributes if name.startswith("on")], file


def test_every_link_leads_to_another_paper_or_a_place_on_the_same() -> None:
    for file, page in every_page():
        tags = Reader(page).tags
        places = {f"#{attributes['id']}" for _, attributes in tags if "id" in attributes}
        links = [attributes["href"] for _, attributes in tags if "href" in attributes]
        assert [link for link in links if link not in places | set(FILES)] == [], file


def test_every_page_speaks_its_language_in_its_direction() -> None:
    for made, language in EVERY:
        for file, page in pages(replace(made, language=language)).items():
            family = re.fullmatch(r"(?:info|letter)-(\w+)\.html", file)
            code = family[1] if family else language
            (html,) = (attributes for tag, attributes in Reader(page).tags if tag == "html")
            assert html == {"lang": code, "dir": LANGUAGES[code].direction}, file


def test_every_page_says_that_it_is_a_draft_of_which_version_and_who_decides() -> None:
    """Read on the screen as well as on the edge of each printed sheet."""
    deciders = {
        "de": "atenschutz",
        "en": "data-protection officer",
        "tr": "veri koruma",
        "ar": "حماية البيانات",
    }
    for file, page in every_page():
        code = re.search(r'lang="(\w+)"', page)
        assert code, file
        for part in (Reader(page).text, edges(page)):
            assert deciders[code[1]] in part, file
            assert VERSION in part, file
            assert "24.11.2026" in part, file


def test_what_is_not_known_is_marked_and_what_is_known_stands_there() -> None:
    for file in ("records.html", "processors.html", "dpia.html", "info-tr.html", "letter-ar.html"):
        blanks, filled = pages(EMPTY)[file].count("blank"), pages(FULL)[file].count("blank")
        assert blanks > filled, file
    assert "Der Sommerberg" in Reader(pages(FULL)["records.html"]).text
    assert "datenschutz@example.org" in Reader(pages(FULL)["info-ar.html"]).text
    assert "Sonntag, 01.03.2026" in Reader(pages(FULL)["processors.html"]).text


def test_how_long_each_table_is_kept_is_said_as_far_as_the_code_knows() -> None:
    filled, empty = (Reader(pages(made)["records.html"]).text for made in (FULL, EMPTY))
    assert filled.count("Tage: 6") == 1
    assert "Tage:" not in empty
    assert filled.count("Aufbewahrung:") == len(REGISTER)


def test_an_operator_with_a_hostile_name_is_only_a_name() -> None:
    named = operator.Operator(operator=operator.Itself(name=HOSTILE, contact=HOSTILE, address=HOSTILE))
    for file, page in pages(replace(FULL, operator=named)).items():
        read = Reader(page)
        assert read.faults == [], file
        assert page.count("<style>") == page.count("</style>") == 1, file
        assert "script" not in {tag for tag, _ in read.tags}, file
    assert HOSTILE in read.text


@pytest.mark.parametrize("text", ["plain", 'a"b', "a\\b", "</style>", "a\nb", "‏‎⁦x⁩", "{}", "مرحبا", "§ 203"])
def test_a_string_in_a_style_sheet_is_never_left(text: str) -> None:
    made = str(css_string(text))
    assert made[0] == made[-1] == '"'
    assert not set(made[1:-1]) & set('"\n<>{}/')
    assert edges(made) == f'"{text}"'


def test_the_clock_of_each_incident_is_told() -> None:
    text = Reader(pages(FULL)["incidents.html"]).text
    assert [one.summary in text for one in INCIDENTS] == [True] * 5
    assert "V-0005" in text
    assert "Freitag, 27.11.2026, 09:00 noch Stunden: 71" in text
    assert "Frist überschritten seit Stunden: 3" in text
    assert text.count("verspätet") == 1
    assert text.count("nicht gemeldet") == 1


def test_in_time_to_the_minute() -> None:
    noticed = NOW - timedelta(days=4)
    until = noticed + timedelta(hours=72)
    assert not is_late(incident(1, "", noticed_at=noticed, reported_at=until))
    assert is_late(incident(1, "", noticed_at=noticed, reported_at=until + timedelta(milliseconds=1)))
    assert not is_late(incident(1, ""))


def test_an_empty_log_says_whether_that_means_anything() -> None:
    quiet, *missing = (Reader(pages(made)["incidents.html"]).text for made in STATES[1:])
    assert "Stand der Liste: Dienstag, 24.11.2026, 10:00" in quiet
    assert len(set(missing)) == 3
    for text in missing:
        assert "sagt nichts darüber" in text
        assert "Stand der Liste" not in text


def test_words_of_an_incident_are_only_words() -> None:
    log = Log([incident(1, "<script>x</script> & Linde")])
    page = pages(replace(EMPTY, log=log))["incidents.html"]
    assert "<script" not in page
    assert "<script>x</script> & Linde" in Reader(page).text


def test_families_read_only_numbers_that_somebody_confirmed() -> None:
    assert [one.number.replace("\xa0", " ") for one in callable_by(NUMBERS, "de")] == [
        "112",
        "110",
        "0228 19240",
        "0800 111 0 550",
    ]
    assert [one.number for one in callable_by((), "tr")] == ["112", "110"]


def test_hours_are_told_by_weekday_in_each_language() -> None:
    hours = {code: callable_by(NUMBERS, code)[-1].hours.replace("\u2060", "") for code in ("de", "tr", "ar")}
    assert hours["de"] == "Mo–Fr 09:00–17:00\nDi, Do 09:00–19:00"
    assert hours["tr"] == "Pzt–Cum 09:00–17:00\nSal, Per 09:00–19:00"
    assert "\u206609:00–17:00\u2069" in hours["ar"]
    assert not re.search(r"[a-z]", hours["ar"])


def test_the_sample_is_complete() -> None:
    read = operator.read(SAMPLE)
    assert all(read.operator.model_dump().values())
    assert all(read.host.model_dump().values())
    assert read.bound


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[operator]\nnmae = 'x'", "operator.nmae"),
        ("[operator]\nname = 3", "operator.name"),
        ("[[bound]]\ntask = 'x'", "bound.0.name"),
        ("[operator", "is no TOML"),
        (f"[operator]\nname = '{'x' * 201}'", "operator.name"),
    ],
)
def test_a_file_with_a_mistake_is_refused_at_its_place(tmp_path, text: str, says: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "mine.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(operator.OperatorError, match=re.escape(says)):
        operator.read(file)


def test_a_file_that_is_not_there_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(operator.OperatorError, match="can't be read"):
        operator.read(tmp_path / "none.toml")
