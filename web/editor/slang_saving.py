"""An entry of a slang list: what it would do to past questions, and keeping it."""

from kb.lexicon import can_match
from kb.slang import SlangEdit, SlangList
from responder.changes import Slang
from web.services import services


def change_of(edit: SlangEdit) -> Slang | None:
    """As what-if knows it; None where nobody is to be asked or no message is read otherwise.

    Raises what saving it would raise.
    """
    before = services().slang.get_list(edit.lang)
    change = _difference(before, before.edited(edit))
    is_any = bool(change.forms or change.gone)
    return change if is_any and services().what_if.has_questions() else None


def save(edit: SlangEdit, by: str, *, knowingly: bool) -> None:
    """`knowingly`: in spite of what past questions said."""
    services().slang.save(edit)
    was, now = edit.was, edit.now
    action = "slang.add" if was is None else "slang.remove" if now is None else "slang.change"
    spoken = was or now
    services().accounts.audit.record(
        by,
        action,
        f"{spoken.form} ({edit.lang})" if spoken else edit.lang,
        before={"spelling": was.form, "meaning": was.plain} if was else {},
        after={
            **({"spelling": now.form, "meaning": now.plain} if now else {}),
            **({"knowingly": True} if knowingly else {}),
        },
    )


def _difference(before: SlangList, after: SlangList) -> Slang:
    """Only of what a message can hold."""
    old, new = (
        {form: plain for form, plain in found.forms.items() if can_match(form)}
        for found in (before, after)
    )
    changed = {form: plain for form, plain in new.items() if old.get(form) != plain}
    return Slang(before.lang, changed, frozenset(old.keys() - new.keys()))
