"""Every page of the editor; importing it fills the blueprint."""

from web.editor import (
    article_views,
    clash_views,
    conflict_views,
    history_views,
    learn_views,
    list_views,
    move_views,
    new_views,
    picture_views,
    slang_views,
    what_if_views,
)
from web.editor.blueprint import bp as edit_pages

__all__ = [
    "article_views",
    "clash_views",
    "conflict_views",
    "edit_pages",
    "history_views",
    "learn_views",
    "list_views",
    "move_views",
    "new_views",
    "picture_views",
    "slang_views",
    "what_if_views",
]
