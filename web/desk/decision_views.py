"""One decision of the past: what was asked, what the bot did, what people said of it."""

from flask import render_template

from web.accounts.gate import current_staff
from web.accounts.rights import RIGHTS
from web.desk import words
from web.desk.blueprint import bp
from web.services import services


@bp.get("/decisions/<decision_id>")
def decision(decision_id: str) -> str:
    dossier = services().responder.dossiers.get(decision_id)
    shelf = services().knowledge.shelf()
    return render_template(
        "desk/decision.html",
        dossier=dossier,
        decision=dossier.decision,
        candidates=dossier.decision.candidates[:5],
        titles={key: published.article.title for key, published in shelf.articles.items()},
        may_open_ticket=current_staff().has(*RIGHTS["desk.ticket"]),
        words=words,
    )
