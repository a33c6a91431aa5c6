"""Run by alembic for ``store.migrate``, which hands over a connection with a transaction already begun.

One transaction around all scripts: a process killed in the middle leaves the tables as they were. Alembic believes
that SQLite cannot do that; it can, as long as nobody but us says BEGIN (see ``store.database``).
"""

from alembic import context

from assistant.store.migrate import VERSION_TABLE
from assistant.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
