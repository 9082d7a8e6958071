"""The areas of the portal, shown to those who may enter them."""

from collections.abc import Mapping
from dataclasses import dataclass

from web.accounts.models import Role, Staff
from web.accounts.rights import RIGHTS
from web.i18n import N_


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the menu; `also` are endpoint beginnings that belong to it, except `but_not`."""

    endpoint: str
    label: str
    icon: str
    also: tuple[str, ...] = ()
    but_not: tuple[str, ...] = ()

    def is_current(self, endpoint: str) -> bool:
        if endpoint in self.but_not:
            return False
        return endpoint == self.endpoint or endpoint.startswith(self.also)


@dataclass(frozen=True, slots=True)
class Area:
    label: str
    entries: tuple[Entry, ...]


SLANG = ("edit.slang_entry", "edit.save_slang", "edit.remove_slang")
AREAS = (
    Area(
        N_("Customers"),
        (
            Entry("desk.index", N_("Inbox"), "inbox", ("desk.index", "desk.ticket")),
            Entry("desk.review", N_("Review answers"), "check2-square"),
        ),
    ),
    Area(
        N_("Knowledge base"),
        (
            Entry(
                "edit.index",
                N_("Articles"),
                "journal-text",
                ("edit.",),
                but_not=("edit.learn", "edit.slang", *SLANG),
            ),
            Entry("edit.learn", N_("Learn"), "mortarboard"),
            Entry("edit.slang", N_("Slang"), "translate", SLANG),
            Entry("admin.golden", N_("Golden sets"), "clipboard-check", ("admin.golden",)),
        ),
    ),
    Area(
        N_("Administration"),
        (
            Entry("admin.index", N_("Overview"), "speedometer2", ("admin.welcome",)),
            Entry("admin.thresholds", N_("Carefulness"), "sliders", ("admin.change_threshold",)),
            Entry("admin.promises", N_("Promise"), "patch-check", ("admin.make_promise",)),
            Entry("admin.confidence", N_("Confidence"), "bullseye"),
            Entry("admin.numbers", N_("Numbers"), "bar-chart-line"),
            Entry("admin.drift", N_("Trends"), "graph-up"),
            Entry("admin.try_out", N_("Try it out"), "chat-square-dots", ("admin.try_text",)),
            Entry("admin.what_if", N_("What if?"), "signpost-2", ("admin.try_change",)),
            Entry("admin.notice", N_("Notice"), "megaphone", ("admin.save_notice",)),
            Entry("admin.wording", N_("Wording"), "type"),
            Entry("admin.firm", N_("Firm"), "building"),
            Entry("admin.staff", N_("Staff"), "people"),
            Entry("admin.api_keys", N_("API keys"), "key"),
            Entry("admin.audit", N_("Audit log"), "clock-history"),
        ),
    ),
)


def areas_for(staff: Staff, rights: Mapping[str, frozenset[Role]] = RIGHTS) -> tuple[Area, ...]:
    """What this person may open; empty areas are left out."""
    shown = (
        Area(area.label, tuple(e for e in area.entries if staff.has(*rights[e.endpoint])))
        for area in AREAS
    )
    return tuple(area for area in shown if area.entries)
