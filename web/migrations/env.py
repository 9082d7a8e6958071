"""What Alembic runs: on the connection it is handed, inside that connection's transaction."""

from alembic import context

import kb.schema
import responder.schema
import web.accounts.schema
from kb.database import metadata

SCHEMAS = (kb.schema, responder.schema, web.accounts.schema)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
    compare_server_default=False,
)
context.run_migrations()
