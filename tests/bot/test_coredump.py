"""Neither a dying process nor a printed setting shows a secret."""

import os
import resource
import subprocess
import sys
from pathlib import Path

from pydantic import SecretStr

from bot.config import Settings

ROOT = Path(__file__).parents[2]
TOKEN = "4200000017:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQrr"
DIES = """
import ctypes, os, resource
resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
from bot.coredump import leave_none
leave_none()
PR_GET_DUMPABLE = 3
print(*resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(PR_GET_DUMPABLE), flush=True)
os.abort()
"""
SECRETIVE = ("token", "key", "secret", "password", "code")


def test_a_process_that_dies_leaves_no_picture_of_its_memory(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_CORE)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", DIES], cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        said = child.stdout.read().split()
        _, status = os.waitpid(child.pid, 0)
        child.returncode = -os.WTERMSIG(status)
    assert said[:2] == ["0", "0"]
    assert sys.platform != "linux" or said[2] == "0"
    assert os.WIFSIGNALED(status)
    assert not os.WCOREDUMP(status)
    assert list(tmp_path.iterdir()) == []
    assert resource.getrlimit(resource.RLIMIT_CORE) == before


def test_printed_settings_show_no_token() -> None:
    made = Settings(token=SecretStr(TOKEN))
    shown = [
        repr(made),
        str(made),
        f"{made.model_dump()}",
        made.model_dump_json(),
        repr(made.__dict__),
        repr(vars(made)),
    ]
    assert [text for text in shown if TOKEN.partition(":")[2] in text] == []


def test_settings_that_hold_a_secret_can_not_be_printed() -> None:
    """Paths of files that hold secrets are none; whatever holds one itself must be a SecretStr."""
    bare = [
        name
        for name, field in Settings.model_fields.items()
        if any(word in name for word in SECRETIVE)
        and "SecretStr" not in repr(field.annotation)
        and "Path" not in repr(field.annotation)
    ]
    assert bare == []
