"""Settings in, wired services out: the only place where the classes of responder meet."""

from dataclasses import dataclass

from kb.database import Database
from kb.publishing import Library
from responder.analytics import Analytics
from responder.calibrations import Calibrations
from responder.channels.registry import ChannelTools, open_channels
from responder.clock import Clock, utc_now
from responder.conversations import Conversations, ConversationTools
from responder.dossier import Dossiers
from responder.feedback import FeedbackService
from responder.firm import FirmService
from responder.gaps import Gaps
from responder.golden import GoldenSets
from responder.goldenqueue import GoldenQueue
from responder.goldenruns import GoldenRuns, RunTools
from responder.handover import Handover
from responder.inbox import Inbox, InboxTools
from responder.judged import Calibrated, Judgements
from responder.labels import Labels
from responder.links import Links
from responder.notices import Notices
from responder.outgoing import Outgoing
from responder.pipeline import PipelineTools, Worker
from responder.popularity import Popularity
from responder.promises import Promises, PromiseTools
from responder.quotas import Quotas
from responder.recording import Recorder
from responder.replay import Replay
from responder.review import Review
from responder.service import Responder, Tools
from responder.settings import ResponderSettings
from responder.suggestions import Suggestions
from responder.thresholds import Thresholds
from responder.trends import Trends, TrendTools
from responder.voice import Voice
from responder.whereabouts import Directory
from responder.wording import Wording, read_wording


@dataclass(frozen=True, slots=True)
class Services:
    responder: Responder
    replay: Replay
    conversations: Conversations
    inbox: Inbox
    feedback: FeedbackService
    thresholds: Thresholds
    firm: FirmService
    wording: Wording
    quotas: Quotas
    links: Links
    popularity: Popularity
    notices: Notices
    gaps: Gaps
    suggestions: Suggestions
    dossiers: Dossiers
    analytics: Analytics
    golden: GoldenSets
    golden_runs: GoldenRuns
    golden_queue: GoldenQueue
    trends: Trends
    labels: Labels
    review: Review
    judgements: Judgements
    calibrations: Calibrations
    promises: Promises
    pipeline: Worker
    clock: Clock


def build_services(
    database: Database,
    settings: ResponderSettings,
    knowledge: Calibrated,
    clock: Clock = utc_now,
) -> Services:
    firm = FirmService(database, clock)
    wording = Wording(database, read_wording(settings.wording_folders))
    links = Links(settings.site_url, settings.secret_key)
    thresholds = Thresholds(database, clock)
    voice = Voice(firm, wording, links)
    handover = Handover(firm, wording)
    channels = open_channels(ChannelTools(settings, lambda: firm.get().name))
    outgoing = Outgoing(frozenset(channels), firm, wording, links)
    responder = Responder(
        Tools(database, knowledge, firm, wording, thresholds, voice, clock),
        Recorder(voice, handover, outgoing, links),
    )
    conversations = Conversations(
        ConversationTools(
            database, responder, handover, firm, wording, voice=voice, links=links, clock=clock
        )
    )
    inbox = Inbox(InboxTools(database, knowledge, handover, outgoing, wording, links, clock))
    worker = Worker(
        PipelineTools(database, channels, responder, handover, wording, settings.site_url, clock)
    )
    replay = Replay(responder, knowledge)
    directory = Directory(database, knowledge)
    golden = GoldenSets(database, directory, firm, clock)
    golden_runs = GoldenRuns(
        RunTools(database, golden, replay, knowledge, directory, thresholds, firm, clock)
    )
    labels = Labels(database, golden.list_questions)
    judgements = Judgements(labels, replay, knowledge, directory, clock)
    review = Review(database, knowledge, clock)
    return Services(
        responder=responder,
        replay=replay,
        conversations=conversations,
        inbox=inbox,
        feedback=FeedbackService(database, clock),
        thresholds=thresholds,
        firm=firm,
        wording=wording,
        quotas=Quotas(database, clock),
        links=links,
        popularity=Popularity(database, clock),
        notices=Notices(database, clock),
        dossiers=Dossiers(database),
        gaps=Gaps(database, knowledge, clock),
        suggestions=Suggestions(database, Library(database, clock), knowledge, firm, clock),
        analytics=Analytics(database, firm, clock),
        golden=golden,
        golden_runs=golden_runs,
        golden_queue=GoldenQueue(database, golden_runs, clock),
        trends=Trends(TrendTools(database, golden, golden_runs, thresholds, firm, clock)),
        labels=labels,
        review=review,
        judgements=judgements,
        calibrations=Calibrations(database, judgements, clock),
        promises=Promises(PromiseTools(database, thresholds, judgements, review, clock)),
        pipeline=worker,
        clock=clock,
    )
