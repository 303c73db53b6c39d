"""Alembic's entry when a developer runs ``alembic`` by hand; the program itself upgrades in ``database.prepare``."""

from __future__ import annotations

from alembic import context

from pipeline.store.database import Database
from pipeline.store.schema import METADATA

url = context.config.get_main_option("sqlalchemy.url") or context.get_x_argument(as_dictionary=True)["url"]
database = Database(url)
with database.write() as connection:
    context.configure(connection=connection, target_metadata=METADATA)
    context.run_migrations()
