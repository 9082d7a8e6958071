"""The folder as the store's working copy: changes of either side are carried to the other."""

from dataclasses import dataclass
from pathlib import Path

from kb.clock import Clock
from kb.comparison import Comparison
from kb.conflicts import Conflict, Keep
from kb.errors import InvalidArticle, UnknownConflict
from kb.filewriting import held
from kb.ledger import Ledger, Synced, hash_of
from kb.models import ArticleKey
from kb.publishing import Library, Writer
from kb.revisions import Origin


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one look at both sides did, and what it leaves to people."""

    taken_in: tuple[ArticleKey, ...]
    written: tuple[ArticleKey, ...]
    archived: tuple[ArticleKey, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[InvalidArticle, ...]
    routes_changed: bool


class WorkingCopy:
    def __init__(self, library: Library, folder: Path, clock: Clock) -> None:
        self._library, self._folder = library, folder
        self._ledger = Ledger(library.database, clock)

    def sync(self, *, prune: bool = False) -> SyncReport:
        """Both ways, once. With `prune`, an article whose file is gone is archived."""
        with held(self._folder):
            return self._sync(prune=prune)

    def list_conflicts(self) -> tuple[Conflict, ...]:
        """Those that no one has settled, oldest first."""
        return self._ledger.list_conflicts()

    def get_conflict(self, conflict_id: int) -> Conflict:
        for conflict in self.list_conflicts():
            if conflict.id == conflict_id:
                return conflict
        raise UnknownConflict(conflict_id)

    def resolve(self, conflict_id: int, keep: Keep, by: str, text: str = "") -> SyncReport:
        """Keep the file's text, the portal's, or `text`; the others stay in the history."""
        with held(self._folder):
            conflict = self.get_conflict(conflict_id)
            match keep:
                case Keep.FILE:
                    self._keep_file(conflict, by)
                case Keep.PORTAL:
                    self._give_up_file(conflict)
                case Keep.TEXT:
                    self._library.take_in(conflict.key, text, Writer(by))
                    self._give_up_file(conflict)
            self._ledger.settle(conflict.article_id)
            return self._sync(prune=False)

    def _keep_file(self, conflict: Conflict, by: str) -> None:
        if conflict.file is None:
            self._library.take_away(conflict.key, Writer(by, Origin.FILE))
            self._ledger.forget(conflict.article_id)
            return
        source = conflict.file.source
        kept = self._library.take_in(conflict.key, source, Writer(by, Origin.FILE))
        synced = Synced(conflict.path, hash_of(source), kept.number)
        self._ledger.remember(conflict.article_id, synced)

    def _give_up_file(self, conflict: Conflict) -> None:
        """The next look takes the file for unchanged and the store for changed."""
        if conflict.file is None:
            self._ledger.forget(conflict.article_id)
        else:
            synced = Synced(conflict.path, hash_of(conflict.file.source), 0)
            self._ledger.remember(conflict.article_id, synced)

    def _sync(self, *, prune: bool) -> SyncReport:
        look = Comparison(self._library, self._folder, self._ledger)
        look.carry_out(prune=prune)
        return SyncReport(
            taken_in=tuple(look.taken_in),
            written=tuple(look.written),
            archived=tuple(look.archived),
            conflicts=self._ledger.list_conflicts(),
            problems=tuple(look.problems),
            routes_changed=look.routes_changed,
        )
