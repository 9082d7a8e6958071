"""Everything that can go wrong in kb, as facts plus what to do."""

from pathlib import Path


class KbError(Exception):
    """Root of kb's errors; its text is fit to be shown to staff."""


class InvalidArticle(KbError):
    """A Markdown file that cannot become an article: what is wrong as a template and its facts."""

    def __init__(self, path: Path | str, line: int, template: str, /, **facts: object) -> None:
        self.path, self.line, self.template, self.facts = str(path), line, template, facts
        super().__init__(f"{path}:{line}: {self.problem}")

    @property
    def problem(self) -> str:
        return self.template % self.facts if self.facts else self.template


class InvalidSlang(KbError):
    """An entry of a slang list that could never match or would change nothing; `field` is `form` or
    `plain`."""

    def __init__(self, field: str, template: str, /, **facts: object) -> None:
        self.field, self.template, self.facts = field, template, facts
        super().__init__(template % facts if facts else template)


class SlangConflict(KbError):
    """The list says something else of a form than was seen; `found` is what, None: nothing."""

    def __init__(self, form: str, found: str | None) -> None:
        super().__init__(f"{form!r} now stands for {found!r}: look at it before saving")
        self.form, self.found = form, found


class InvalidImport(KbError):
    """A file or archive, or one entry of it, that is not taken."""

    def __init__(self, entry: str, problem: str) -> None:
        super().__init__(f"{entry}: {problem}")
        self.entry, self.problem = entry, problem


class ExportTooBig(KbError):
    """More than one archive can carry and be read again."""


class InvalidSlug(KbError):
    def __init__(self, slug: str) -> None:
        self.slug = slug[:60]
        super().__init__(
            f"{self.slug!r} is not a slug: use a-z, 0-9 and '-', starting with a letter or digit, "
            "at most 160 characters"
        )


class InvalidSettings(KbError):
    """Settings that stop the start: a misspelt key, a wrong type, a missing file."""


class UnknownArticle(KbError):
    def __init__(self, key: object) -> None:
        super().__init__(f"there is no article {key}")
        self.key = key


class UnknownRevision(KbError):
    def __init__(self, key: object, number: int) -> None:
        super().__init__(f"{key} has no revision {number}")
        self.key, self.number = key, number


class ArticleExists(KbError):
    def __init__(self, key: object) -> None:
        super().__init__(f"an article {key} exists already; choose another slug")
        self.key = key


class EditConflict(KbError):
    """Somebody saved a newer revision than the one this edit was based on. Nothing is lost.

    `kept_as` is the revision that holds the text which came too late, if there was one.
    """

    def __init__(self, key: object, based_on: int, latest: int, kept_as: int | None = None) -> None:
        super().__init__(
            f"{key} was changed meanwhile (you saw revision {based_on}, the latest is {latest}); "
            "both texts are kept"
        )
        self.key, self.based_on, self.latest, self.kept_as = key, based_on, latest, kept_as


class UnknownConflict(KbError):
    def __init__(self, conflict_id: int) -> None:
        super().__init__(f"conflict {conflict_id} is settled already or never was")
        self.conflict_id = conflict_id


class IllegalMove(KbError):
    def __init__(self, thing: str, current: str, wanted: str) -> None:
        super().__init__(f"{thing} is {current!r} and cannot become {wanted!r}")


class DatabaseUnavailable(KbError):
    """The database is locked, read-only, full or away. Try again later."""


class DatabaseTooNew(KbError):
    def __init__(self, revision: str) -> None:
        super().__init__(
            f"the database was written by a newer Jawab (migration {revision}); "
            "install that version or restore a backup"
        )


class EmbedderUnavailable(KbError):
    """The chosen embedder is unknown or not installed."""


class TextTooLong(KbError):
    def __init__(self, length: int, longest: int) -> None:
        super().__init__(f"the text has {length} characters, at most {longest} are taken")
