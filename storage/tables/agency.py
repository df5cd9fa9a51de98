"""The agency's own public facts and what the lead has set."""

from sqlalchemy import Column, ForeignKey, Integer, Text

from storage.tables.base import table

sites = table(
    "sites",
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("places", Integer, nullable=False),
)
meeting_places = table(
    "meeting_places",
    Column("id", Text, primary_key=True),
    Column("site_id", Text, ForeignKey("sites.id")),
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", Text),
    Column("longitude", Text),
    Column("ways", Text, nullable=False),
    Column("position", Integer, nullable=False),
)
offers = table(
    "offers",
    Column("id", Text, primary_key=True),
    Column("site_id", Text, ForeignKey("sites.id"), nullable=False),
    Column("kind", Text, nullable=False),
)
crisis_numbers = table(
    "crisis_numbers",
    Column("number", Text, primary_key=True),
    Column("key", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("staff_only", Integer, nullable=False),
    Column("confirmed_on", Text),
    Column("languages", Text, nullable=False, server_default=""),
)
settings = table(
    "settings",
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
