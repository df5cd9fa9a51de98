"""Alembic's way in: runs the chain on the store named by migrate.settings."""

from alembic import context
from sqlalchemy import create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from storage.tables import metadata

engine = create_engine(context.config.attributes["url"])


@event.listens_for(engine, "connect")
def durable(connection: DBAPIConnection, _: object) -> None:
    """A migration is as durable as any other write."""
    if engine.dialect.name == "sqlite":
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.close()


with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
