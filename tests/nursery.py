"""Bots that are born in milliseconds: one process has read all code and texts, each life is a fork of it.

Nine tenths of a start are Python's imports, which hold nothing of a life. A fork opens keys and store by itself,
looks through every page, recovers and polls, exactly as a fresh process does; and it dies alone.

Arguments as those of tests.unhurried. Each line on stdin asks for one thing: `live` starts a bot and prints its
process id, `bury` waits for its death and prints the status.
"""

import os
import sys

from locales.translator import preload
from tests import unhurried


def born(arguments: list[str]) -> tuple[int, int]:
    """A new life; its process id, and the end of a pipe that tells it when we are gone."""
    theirs, ours = os.pipe()
    pid = os.fork()
    if pid:
        os.close(theirs)
        return pid, ours
    os.close(ours)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    unhurried.lives(arguments, lambda: os.read(theirs, 1))
    os._exit(0)


def main(arguments: list[str]) -> None:
    preload()
    print("ready", flush=True)
    pid, line = 0, 0
    while order := sys.stdin.readline().strip():
        if order == "live":
            pid, line = born(arguments)
            print(pid, flush=True)
        else:
            _, status = os.waitpid(pid, 0)
            os.close(line)
            print(status, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:6])
