"""Brings a store up to the shape of tables.py: one Alembic chain for every database."""

from importlib.resources import files
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url


def settings(url: str) -> Config:
    """Alembic's settings for a store; there is no alembic.ini."""
    chain = Config()
    chain.set_main_option("script_location", str(files("storage") / "migrations"))
    chain.attributes["url"] = url
    return chain


def upgrade(url: str) -> None:
    """Runs every migration the store lacks. Creates the file and its folder where there are none."""
    database = make_url(url).database
    if database and make_url(url).get_backend_name() == "sqlite":
        Path(database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(settings(url), "head")


def is_current(url: str) -> bool:
    """Whether the store has every migration."""
    engine = create_engine(url)
    with engine.connect() as connection:
        here = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return here == ScriptDirectory.from_config(settings(url)).get_current_head()
