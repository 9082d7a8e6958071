"""Rows of `wording`: what the firm changed in the texts of the bot."""

import sqlalchemy as sa

from kb.database import upsert
from responder.schema import wording


def list_all(connection: sa.Connection) -> dict[tuple[str, str], str]:
    found = connection.execute(sa.select(wording.c.lang, wording.c.key, wording.c.text))
    return {(lang, key): text for lang, key, text in found}


def put(connection: sa.Connection, lang: str, key: str, text: str) -> None:
    connection.execute(
        upsert(connection, wording)
        .values(lang=lang, key=key, text=text)
        .on_conflict_do_update(index_elements=["lang", "key"], set_={"text": text})
    )


def delete(connection: sa.Connection, lang: str, key: str) -> None:
    connection.execute(wording.delete().where(wording.c.lang == lang, wording.c.key == key))
