"""The unit files hold what they promise: secrets in no environment, nothing writable that need not be."""

from collections import defaultdict
from pathlib import Path

import pytest

from bot.config import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
BOT, COPIES = DEPLOY / "paenz.service", DEPLOY / "paenz-backup.service"
AUDITOR = DEPLOY / "paenz-audit.service"
# by name: what must stand there, as one of the values
PROMISED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "ProtectKernelTunables": "yes",
    "ProtectKernelModules": "yes",
    "ProtectControlGroups": "yes",
    "RestrictNamespaces": "yes",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "MemoryDenyWriteExecute": "yes",
    "CapabilityBoundingSet": "",
    "SystemCallArchitectures": "native",
    "SystemCallFilter": "@system-service",
    "LimitCORE": "0",
    "UMask": "0077",
    "User": "paenz",
    "StateDirectoryMode": "0700",
}


def read(file: Path) -> dict[str, list[str]]:
    """Each setting with all its values, whatever its section."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found[name].append(value)
    return found


@pytest.mark.parametrize("file", [BOT, COPIES, AUDITOR], ids=lambda file: file.name)
@pytest.mark.parametrize(("name", "value"), PROMISED.items())
def test_the_unit_keeps_the_promise(file: Path, name: str, value: str) -> None:
    assert value in read(file)[name]


@pytest.mark.parametrize("file", [BOT, COPIES, AUDITOR], ids=lambda file: file.name)
def test_secrets_come_as_credentials_and_stand_in_no_environment(file: Path) -> None:
    unit = read(file)
    given = dict(line.split("=", 1) for line in unit["Environment"])
    known = {f"PAENZ_{name.upper()}" for name in Settings.model_fields}
    assert set(given) <= known
    assert "PAENZ_TOKEN" not in given
    handed = {line.split(":")[0] for line in unit["LoadCredential"]}
    assert {value.removeprefix("%d/") for value in given.values() if value.startswith("%d/")} == handed
    assert given["PAENZ_KEY_FILE"].startswith("%d/")


def test_copies_lie_where_the_bot_can_not_write_and_keys_where_the_copies_are_not() -> None:
    bot, copies = read(BOT), read(COPIES)
    given = dict(line.split("=", 1) for line in copies["Environment"])
    assert set(copies["Environment"]) <= set(bot["Environment"])
    assert copies["ReadWritePaths"] == [given["PAENZ_BACKUPS"]]
    assert "ReadWritePaths" not in bot
    assert not Path(given["PAENZ_KEYS"]).is_relative_to(given["PAENZ_BACKUPS"])


def test_the_auditor_gets_no_token_and_looks_at_the_bots_own_store() -> None:
    bot, auditor = read(BOT), read(AUDITOR)
    assert not any("token" in line for line in auditor["LoadCredential"] + auditor["Environment"])
    own = {line for line in auditor["Environment"] if "WATCH_ADDRESS" not in line}
    assert own <= set(bot["Environment"])


def test_it_starts_what_the_package_installs() -> None:
    for file, command in ((BOT, "run"), (COPIES, "backup"), (AUDITOR, "audit")):
        (start,) = read(file)["ExecStart"]
        assert start.split()[-1] == command
        assert Path(start.split()[0]).name == "paenz"
