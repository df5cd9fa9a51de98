"""The document for the family's file: a page to print, in German, with all marks and lines for signatures."""

from collections.abc import Iterator
from datetime import datetime

from handlers.protection import rules
from handlers.protection.rules import POINTS, Point
from handlers.protection.screens import Opened
from handlers.screen import Document
from locales.languages import SOURCE
from locales.phrase import Moment, Number, Phrase, S
from locales.translator import Voice
from locales.zone import here
from storage.records import Mark, alarm_name

STYLE = (
    "@page{size:A4;margin:2cm}"
    "body{font:11pt/1.45 system-ui,sans-serif;max-width:44em;margin:auto;padding:1em;color:#111}"
    "h1{font-size:1.4em;margin:0 0 .3em}h2{font-size:1.05em;margin:1.4em 0 .3em;border-bottom:1px solid #999}"
    "section{break-inside:avoid}p{margin:.3em 0}blockquote{margin:.2em 0 .6em 1.2em;overflow-wrap:anywhere}"
    ".danger{border:2px solid #b00;padding:.5em .8em}.small{color:#444;font-size:.9em}"
    ".sign{display:flex;gap:2em;margin-top:3.2em}.sign span{flex:1;border-top:1px solid #111;padding-top:.2em}"
)
HEAD = (
    '<!doctype html><html lang="de"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';style-src 'unsafe-inline'\">"
    "<title>{title}</title><style>{style}</style></head><body>"
)
SIGNATURES = ("first", "second", "lead")


def written(shown: Opened, now: datetime) -> Document:
    """An HTML page without scripts and without anything from elsewhere. Its name says nothing but when."""
    page = "".join(_Paper(shown, now).lines())
    return Document(f"{now.astimezone(here()):%Y-%m-%d}.html", page)


class _Paper:
    """The page, piece by piece. Everything shown went through the voice, which escapes it."""

    def __init__(self, shown: Opened, now: datetime) -> None:
        self._shown, self._now = shown, now
        self._voice = Voice(SOURCE, html=True)

    def lines(self) -> Iterator[str]:
        shown, concern = self._shown, self._shown.concern
        title = self._say(S("protection.paper.title", number=rules.called(concern)))
        yield HEAD.format(title=title, style=STYLE)
        yield f"<h1>{title}</h1>"
        yield self._p(S("protection.paper.family", family=shown.family.label))
        yield self._p(
            S("protection.paper.opened", at=Moment(concern.opened_at), name=self._name(concern.opened_by))
        )
        if concern.alarm_number is not None:
            yield self._p(S("protection.paper.alarm", number=alarm_name(concern.alarm_number)))
        over = concern.closed_at
        yield self._p(S("protection.paper.closed", at=Moment(over)) if over else S("protection.paper.open"))
        yield self._p(S("protection.paper.made", at=Moment(self._now)))
        yield self._p(S("protection.paper.danger", police=Number(rules.POLICE)), "danger")
        yield self._p(S("protection.paper.guides"), "small")
        for number, point in enumerate(POINTS, start=1):
            yield from self._point(number, point)
        for place in SIGNATURES:
            yield self._signature(S(f"protection.paper.sign_{place}"))
        yield self._p(S("protection.paper.kept"), "small")
        yield "</body></html>"

    def _point(self, number: int, point: Point) -> Iterator[str]:
        title = self._say(S(f"protection.point.{point.name}"))
        yield f"<section><h2>{number}. {title}</h2>"
        mine = rules.of_point(point, self._shown.marks)
        for mark in mine:
            yield from self._mark(point, mark)
        if not mine:
            yield self._p(S("protection.not_yet"))
        elif rules.standing(point, mine) is rules.Standing.HALF:
            yield self._p(S("protection.paper.half"))
        yield "</section>"

    def _mark(self, point: Point, mark: Mark) -> Iterator[str]:
        way, name = S(f"protection.way.{mark.point}"), self._name(mark.marked_by)
        yield self._p(S("protection.paper.mark", way=way, at=Moment(mark.at), name=name))
        day = rules.day_in(mark.note) if point.name == rules.NEXT_CHECK else None
        if day is not None:
            yield self._p(S("protection.paper.next_check", day=day))
        elif mark.note:
            yield f"<blockquote>{self._voice.show(mark.note)}</blockquote>"

    def _name(self, person_id: str | None) -> str | Phrase:
        return self._shown.names.get(person_id or "") or S("protection.somebody")

    def _signature(self, who: Phrase) -> str:
        places = (S("protection.paper.day"), who)
        return f'<div class="sign">{"".join(f"<span>{self._say(one)}</span>" for one in places)}</div>'

    def _p(self, phrase: Phrase, looks: str = "") -> str:
        opening = f'<p class="{looks}">' if looks else "<p>"
        return opening + self._say(phrase).replace("\n", "<br>") + "</p>"

    def _say(self, phrase: Phrase) -> str:
        return self._voice.say(phrase)
