"""What the routes may call: everything of one site, wired once per process."""

from dataclasses import dataclass

from flask import current_app, g
from werkzeug.local import LocalProxy

from kb.database import Database
from kb.publishing import Library
from kb.search import Searcher
from kb.slang import SlangLists
from kb.workingcopy import WorkingCopy
from responder.bootstrap import Services
from responder.firm import FirmProfile
from responder.searching import SearchedKnowledge
from responder.whatif import WhatIf
from web.accounts.services import Accounts
from web.settings import Settings

EXTENSION = "jawab"


@dataclass(frozen=True, slots=True)
class WebServices:
    settings: Settings
    database: Database
    library: Library
    working_copy: WorkingCopy
    slang: SlangLists
    searcher: Searcher
    knowledge: SearchedKnowledge
    responder: Services
    what_if: WhatIf
    accounts: Accounts


def services() -> WebServices:
    found: WebServices = current_app.extensions[EXTENSION]
    return found


def current_firm() -> FirmProfile:
    """The firm's profile, read once per request."""
    if "firm" not in g:
        g.firm = services().responder.firm.get()
    profile: FirmProfile = g.firm
    return profile


firm = LocalProxy(current_firm)
