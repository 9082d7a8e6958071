"""One look at both sides, file by file: what changed where, and what to do about it."""

import logging
from pathlib import Path

from kb.errors import ArticleExists, EditConflict, InvalidArticle, UnknownArticle
from kb.filewriting import path_of, unwritten, write_whole
from kb.folder import SourceFile, list_route_sources, list_sources, read_text
from kb.frontmatter import parse_route
from kb.ledger import Ledger, Synced, hash_of
from kb.models import ArticleKey
from kb.publishing import Library, Writer
from kb.revisions import Origin, WorkingText

log = logging.getLogger(__name__)

FILE = Writer("file", Origin.FILE)
CHANGED_MEANWHILE = (EditConflict, UnknownArticle, ArticleExists)


class Comparison:
    """Made for one look; the lists fill while it is carried out."""

    def __init__(self, library: Library, folder: Path, ledger: Ledger) -> None:
        self._library, self._folder, self._ledger = library, folder, ledger
        self.taken_in: list[ArticleKey] = []
        self.written: list[ArticleKey] = []
        self.archived: list[ArticleKey] = []
        self.problems: list[InvalidArticle] = []
        self.routes_changed = False
        self._files = {file.path: file for file in list_sources(folder, self.problems)}
        self._unreadable = {problem.path for problem in self.problems}
        self._synced = dict(ledger.list_synced())
        self._disputed = {found.article_id: found for found in ledger.list_conflicts()}

    def carry_out(self, *, prune: bool) -> None:
        for working in self._library.list_working():
            self._guarded(working, prune=prune)
        for file in list(self._files.values()):
            self._take_in_new(file)
        self._carry_routes()

    def _guarded(self, working: WorkingText, *, prune: bool) -> None:
        try:
            working = self._follow_hand_move(working)
            self._follow_portal_move(working)
            self._carry(working, prune=prune)
        except InvalidArticle as problem:
            self.problems.append(problem)
        except OSError as error:
            self.problems.append(unwritten(working.path, error))
        except CHANGED_MEANWHILE:
            log.info("changed_meanwhile", extra={"article_id": working.article_id})
        finally:
            self._files.pop(working.path, None)

    def _carry(self, working: WorkingText, *, prune: bool) -> None:
        if working.path in self._unreadable:
            return
        file = self._files.get(working.path)
        synced = self._synced.get(working.article_id)
        if file is None:
            self._carry_absent(working, synced, prune=prune)
        elif synced == Synced(working.path, hash_of(file.text), working.revision):
            self._settle(working)
        elif file.text == self._source(working):
            self._note_in_step(working, working.revision, file.text)
        elif synced is not None and synced.text_hash == hash_of(file.text):
            self._write(working, file.text)
        elif synced is not None and synced.revision == working.latest_revision:
            self._take_in(file, working)
        else:
            self._note_conflict(working, file)

    def _source(self, working: WorkingText) -> str:
        return self._library.get_revision(working.key, working.revision).source

    def _carry_absent(self, working: WorkingText, synced: Synced | None, *, prune: bool) -> None:
        if working.is_archived:
            self._forget(working)
        elif synced is None:
            self._write(working, None)
        elif prune:
            self._library.take_away(working.key, FILE)
            self._forget(working)
            self.archived.append(working.key)
        else:
            self._note_conflict(working, None)

    def _take_in(self, file: SourceFile, working: WorkingText) -> None:
        latest = working.latest_revision
        revision = self._library.take_in(working.key, file.text, FILE, based_on=latest)
        self._note_in_step(working, revision.number, file.text)
        self.taken_in.append(working.key)

    def _take_in_new(self, file: SourceFile) -> None:
        try:
            self._library.take_in(file.key, file.text, FILE, based_on=0)
            made = self._library.get_working(file.key)
        except InvalidArticle as problem:
            self.problems.append(problem)
        except CHANGED_MEANWHILE:
            log.info("changed_meanwhile")
        else:
            self.taken_in.append(file.key)
            self._note_in_step(made, made.revision, file.text)

    def _write(self, working: WorkingText, expected: str | None) -> None:
        """Unless the file changed since it was read; then the next look decides."""
        target = path_of(self._folder, working.key)
        present = read_text(self._folder, target) if target.exists() else None
        if present != expected:
            return
        source = self._source(working)
        write_whole(target, source)
        self._note_in_step(working, working.revision, source)
        self.written.append(working.key)

    def _follow_portal_move(self, working: WorkingText) -> None:
        """A renamed article's file gets the new name, whatever it holds."""
        synced = self._synced.get(working.article_id)
        if synced is None or synced.path == working.path or synced.path in self._unreadable:
            return
        old = self._files.pop(synced.path, None)
        if old is not None:
            source, target = path_of(self._folder, old.key), path_of(self._folder, working.key)
            if working.path in self._files or working.path in self._unreadable:
                if hash_of(old.text) != synced.text_hash:
                    self._library.keep_aside(working.key, old.text, FILE)
                source.unlink()
            else:
                target.parent.mkdir(exist_ok=True)
                source.rename(target)
                self._files[working.path] = SourceFile(working.path, working.key, old.text)
        if old is None and working.path not in self._files:
            self._forget(working)
        else:
            moved = Synced(working.path, synced.text_hash, synced.revision)
            self._remember(working, moved)

    def _follow_hand_move(self, working: WorkingText) -> WorkingText:
        """A file that only changed its name renames its article."""
        synced = self._synced.get(working.article_id)
        if synced is None or synced.path in self._files or synced.path in self._unreadable:
            return working
        moved = self._moved_to(working.key.lang, synced)
        if moved is None or synced.path != working.path:
            return working
        self._library.rename(working.key, moved.key.slug, FILE.name)
        self._remember(working, Synced(moved.path, synced.text_hash, synced.revision))
        self.taken_in.append(moved.key)
        return self._library.get_working(moved.key)

    def _moved_to(self, lang: str, synced: Synced) -> SourceFile | None:
        known = {other.path for other in self._synced.values()}
        found = [
            file
            for file in self._files.values()
            if file.key.lang == lang
            and file.path not in known
            and hash_of(file.text) == synced.text_hash
            and self._library.find_article(file.key) is None
        ]
        return found[0] if len(found) == 1 else None

    def _carry_routes(self) -> None:
        """The folder alone says which routes the firm has; a broken file leaves its route."""
        broken: list[InvalidArticle] = []
        found: dict[ArticleKey, str] = {}
        for file in list_route_sources(self._folder, broken):
            try:
                lang, name = file.key.lang, file.key.slug
                parse_route(file.text, lang=lang, name=name, path=file.path)
                found[file.key] = file.text
            except InvalidArticle as problem:
                broken.append(problem)
        known = self._library.list_own_routes()
        paths = {problem.path for problem in broken}
        kept = {key: text for key, text in known.items() if f"routes/{key}.md" in paths}
        self.routes_changed = self._library.replace_routes(kept | found)
        self.problems += broken

    def _note_in_step(self, working: WorkingText, revision: int, text: str) -> None:
        self._remember(working, Synced(working.path, hash_of(text), revision))
        self._settle(working)

    def _remember(self, working: WorkingText, synced: Synced) -> None:
        if self._synced.get(working.article_id) != synced:
            self._synced[working.article_id] = synced
            self._ledger.remember(working.article_id, synced)

    def _forget(self, working: WorkingText) -> None:
        if self._synced.pop(working.article_id, None) is not None:
            self._ledger.forget(working.article_id)
            self._settle(working)

    def _settle(self, working: WorkingText) -> None:
        if self._disputed.pop(working.article_id, None) is not None:
            self._ledger.settle(working.article_id)

    def _note_conflict(self, working: WorkingText, file: SourceFile | None) -> None:
        """The file's text goes into the history at once, so that no later edit can lose it."""
        known = self._disputed.get(working.article_id)
        text = None if file is None else file.text
        if known is not None and text == (known.file.source if known.file else None):
            return
        kept = None
        if text is not None:
            kept = self._library.keep_aside(working.key, text, FILE).number
        self._ledger.note_conflict(working, kept)
