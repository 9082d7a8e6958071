"""Answers that somebody has reviewed, for tests of what follows from them."""

from collections.abc import Mapping, Sequence

from kb.models import ArticleKey
from responder.bootstrap import Services
from responder.exchange import Incoming
from responder.labels import Label, is_held_back
from responder.models import Verdict
from tests.responder.builders import BUDI, PARCEL

SURE = "yakin paket"
HALF_SURE = "ragu paket"
FINDS: Mapping[str, Sequence[tuple[ArticleKey, float]]] = {
    "yakin": ((PARCEL, 0.97),),
    "ragu": ((PARCEL, 0.7),),
    "tebak": ((PARCEL, 0.1),),
}


def asked(services: Services, text: str = SURE, **changes: str) -> str:
    """The decision's public id."""
    return services.responder.reply(Incoming(text, **changes)).decision.public_id  # type: ignore[arg-type]


def review(services: Services, held_back: int, text: str = SURE, *, right: bool = True) -> None:
    """As many random reviews as it takes until that many more are held back."""
    verdict = Verdict.RIGHT if right else Verdict.WRONG
    while held_back:
        decision = asked(services, text)
        services.review.record(decision, verdict, BUDI)
        held_back -= is_held_back(decision)


def find_label(services: Services, decision: str) -> Label:
    return next(x for x in services.labels.list_labels() if x.decision_id == decision)
