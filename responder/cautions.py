"""What an admin should look at: raised overnight, closed by a person or when it has passed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any

# the days before a shift have become like the days since; only then it is news again
QUIET = timedelta(days=28)
GOLDEN = "golden"


@dataclass(frozen=True, slots=True)
class Caution:
    """`key` is a measure of drift, or `golden:` and a set's id; `facts` are numbers and names."""

    key: str
    since: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    dismissed_by: str = ""
    dismissed_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.dismissed_on is None

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]


def merged(known: Sequence[Caution], found: Iterable[Caution], today: date) -> tuple[Caution, ...]:
    """What stands after tonight. One that goes on keeps its first day; one that was closed stays
    closed for 28 days, unless another run of a golden set fell; one that has passed goes."""
    before = {caution.key: caution for caution in known}
    tonight = {caution.key: caution for caution in found}
    kept = [_kept(before.get(key), caution, today) for key, caution in tonight.items()]
    closed = [w for w in known if w.key not in tonight and not _is_over(w, today)]
    return tuple(sorted((*kept, *closed), key=lambda caution: caution.key))


def _kept(before: Caution | None, now: Caution, today: date) -> Caution:
    if before is None:
        return now
    if before.is_open:
        return replace(now, since=before.since)
    is_news = before.facts.get("run") != now.facts.get("run")
    return now if is_news or _is_over(before, today) else before


def _is_over(caution: Caution, today: date) -> bool:
    return caution.dismissed_on is None or today - caution.dismissed_on >= QUIET


def to_entry(caution: Caution) -> dict[str, Any]:
    entry = asdict(caution)
    closed = caution.dismissed_on
    return {
        **entry,
        "since": caution.since.isoformat(),
        "dismissed_on": closed.isoformat() if closed else None,
    }


def from_entry(entry: Mapping[str, Any]) -> Caution:
    closed = entry["dismissed_on"]
    return Caution(
        key=entry["key"],
        since=date.fromisoformat(entry["since"]),
        facts=entry["facts"],
        dismissed_by=entry["dismissed_by"],
        dismissed_on=date.fromisoformat(closed) if closed else None,
    )
