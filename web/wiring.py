"""Settings in, one site's services out: the only place where the classes of web meet."""

from kb import starter
from kb.database import Database
from kb.embedders import make_embedder
from kb.imagining import Imagination
from kb.publishing import Library
from kb.search import Searcher
from kb.slang import SlangLists
from kb.workingcopy import WorkingCopy
from responder.bootstrap import build_services
from responder.calibrations import StoredCalibrations
from responder.clock import Clock, utc_now
from responder.labels import Labels
from responder.lessons import Lessons
from responder.searching import SearchedKnowledge
from responder.settings import ResponderSettings
from responder.teaching import Teaching
from responder.whatif import WhatIf, WhatIfTools
from responder.wording import Wording, read_wording
from web.accounts.services import Accounts
from web.secret import load_secret
from web.services import WebServices
from web.settings import Settings


def build_web_services(settings: Settings, clock: Clock = utc_now) -> WebServices:
    """Opens no connection and loads no model: each process does that at its first use."""
    database = Database(settings.database_url)
    library = Library(database, clock)
    embedder, slang = settings.embedder, SlangLists.of(settings.articles_dir)
    searcher = Searcher(
        settings.index_path,
        library,
        lambda: make_embedder(embedder.name, embedder.model),
        slang.lexicon,
    )
    wording = Wording(database, read_wording(starter.wording(settings.articles_dir)))
    teaching = Teaching(Lessons(database, Labels(database)), wording.speech)
    knowledge = SearchedKnowledge(
        searcher, StoredCalibrations(database).find_newest, teacher=teaching
    )
    responder = build_services(database, responder_settings(settings), knowledge, clock)
    return WebServices(
        settings=settings,
        database=database,
        library=library,
        working_copy=WorkingCopy(library, settings.articles_dir, clock),
        slang=slang,
        searcher=searcher,
        knowledge=knowledge,
        responder=responder,
        what_if=WhatIf(
            WhatIfTools(
                database,
                knowledge,
                Imagination(searcher),
                responder.replay,
                responder.labels,
                responder.golden,
                responder.thresholds,
                responder.firm,
            )
        ),
        accounts=Accounts(database, clock),
    )


def responder_settings(settings: Settings) -> ResponderSettings:
    return ResponderSettings(
        site_url=settings.site.url,
        secret_key=load_secret(settings.secret_path),
        wording_folders=starter.wording(settings.articles_dir),
        mail=settings.mail.as_server(),
    )
