"""Work on the catalogs, by hand or in CI: python -m locales.catalogs update|check|compile|add|review."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from locales import loading, po, review
from locales.languages import SOURCE, shipped
from locales.translator import text_of
from locales.workshop import fragments, shelf
from locales.workshop.check import check, notes
from locales.workshop.courses import check_courses


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code, 1 when something is wrong."""
    asked = _parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
    except (po.CatalogError, fragments.FragmentError) as error:
        print(error, file=sys.stderr)
        return 1
    return code


def _update(asked: argparse.Namespace) -> int:
    for path in shelf.update(asked.root):
        print(f"{path.relative_to(asked.root)} changed")
    return 0


def _check(asked: argparse.Namespace) -> int:
    found = [*check(asked.root), *check_courses(asked.root / "courses")]
    print(*found, sep="\n", end="\n" if found else "")
    print(*(f"note: {note}" for note in notes(asked.root)), sep="\n", file=sys.stderr)
    if asked.root == loading.HERE:
        for code in shipped("families"):
            waiting = len(review.unreviewed(code))
            print(f"note: {code}: {waiting} texts await a native speaker's review", file=sys.stderr)
    print(f"{len(found)} problems", file=sys.stderr)
    return 1 if found else 0


def _review(asked: argparse.Namespace) -> int:
    ledger = review.read()
    for key in asked.keys or review.unreviewed(asked.language):
        text, german = (text_of("families", code, key) for code in (asked.language, SOURCE))
        if not text or not german:
            print(f"{key}: there is no text in {asked.language}", file=sys.stderr)
            return 1
        mark = review.fingerprint(asked.language, key, german, text)
        ledger[mark] = review.Review(asked.reviewer, asked.day.isoformat())
    review.write(ledger)
    return 0


def _compile(asked: argparse.Namespace) -> int:
    for code, domain in loading.every_file():
        path = loading.po_path(code, domain, asked.root)
        path.with_suffix(".mo").write_bytes(loading.compiled(path, code))
    return 0


def _add(asked: argparse.Namespace) -> int:
    touched = fragments.add(asked.root, *(_fragment(path) for path in asked.files))
    print(f"{len(touched)} keys written")
    keys = {key for _, key in touched}
    wrong = [problem for problem in check(asked.root) if problem.key in keys]
    print(*(f"please look: {problem}" for problem in wrong), sep="\n")
    return 0


def _fragment(path: Path) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in pairs]
        if len(set(names)) < len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise fragments.FragmentError(f"{path}: {twice} stands there twice")
        return dict(pairs)

    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise fragments.FragmentError(f"{path}:{error.lineno}: {error.msg}") from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m locales.catalogs", description=__doc__)
    parser.add_argument("--root", type=Path, default=loading.HERE, help="the catalogs' folder")
    commands = parser.add_subparsers(required=True)
    for name, run, text in (
        ("update", _update, "bring all files in step with the code and the German texts"),
        ("check", _check, "name every fault; the exit code is 1 when there is one"),
        ("compile", _compile, "write the compiled form beside each file"),
    ):
        commands.add_parser(name, help=text).set_defaults(run=run)
    add = commands.add_parser("add", help="write texts from JSON fragments into the files")
    add.add_argument("files", nargs="+", type=Path, metavar="FILE.json")
    add.set_defaults(run=_add)
    read = commands.add_parser("review", help="note that a native speaker has read families' texts")
    read.add_argument("language", choices=shipped("families"))
    read.add_argument("reviewer")
    read.add_argument("day", type=date.fromisoformat)
    read.add_argument("keys", nargs="*", metavar="KEY", help="all that await a review when none is given")
    read.set_defaults(run=_review)
    return parser


if __name__ == "__main__":
    sys.exit(main())
