"""The tables of answering and handing over."""

import sqlalchemy as sa

from kb.database import UtcDateTime, metadata

contact = sa.Table(
    "contact",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

identity = sa.Table(
    "identity",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("contact_id", sa.ForeignKey("contact.id"), nullable=False, index=True),
    # email | phone | web | telegram ...
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("external_id", sa.String(320), nullable=False),
    sa.UniqueConstraint("channel", "external_id"),
)

conversation = sa.Table(
    "conversation",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("public_id", sa.String(26), nullable=False, unique=True),
    sa.Column("contact_id", sa.ForeignKey("contact.id"), index=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("lang", sa.String(3), nullable=False),
    sa.Column("public", sa.Boolean, nullable=False),
    # bot | people | closed
    sa.Column("state", sa.String(12), nullable=False),
    # auto | draft | shadow | off; null: the channel's
    sa.Column("posture", sa.String(12)),
    # the off-hours notice goes out once per conversation
    sa.Column("told_hours", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False, index=True),
)

message = sa.Table(
    "message",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("conversation_id", sa.ForeignKey("conversation.id"), nullable=False, index=True),
    # customer | bot | staff | note
    sa.Column("author", sa.String(12), nullable=False),
    sa.Column("author_name", sa.String(120), nullable=False, server_default=""),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("masked", sa.Text, nullable=False),
    sa.Column("lang", sa.String(3), nullable=False),
    sa.Column("decision_id", sa.Integer, index=True),
    # the article an agent put into this reply
    sa.Column("article_lang", sa.String(3)),
    sa.Column("article_slug", sa.String(160)),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("public_id", sa.String(26), nullable=False, unique=True),
    sa.Column("conversation_id", sa.ForeignKey("conversation.id"), nullable=False, index=True),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("lang", sa.String(3), nullable=False),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("reply", sa.String(12), nullable=False),
    sa.Column("reason", sa.String(24)),
    sa.Column("rule", sa.String(60), nullable=False),
    sa.Column("article_lang", sa.String(3)),
    sa.Column("article_slug", sa.String(160)),
    sa.Column("revision", sa.Integer),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("threshold", sa.Float, nullable=False),
    # [{key, kind, title, confidence, relevance, features, offered}]
    sa.Column("candidates", sa.JSON, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("link", sa.Text),
    # of the index and calibration it was decided with
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False, index=True),
    # [{question, article, revision, confidence, title, text, link, note}]
    sa.Column("answers", sa.JSON),
    sa.Index("ix_decision_article", "article_lang", "article_slug"),
)

ticket = sa.Table(
    "ticket",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("public_id", sa.String(26), nullable=False, unique=True),
    sa.Column("conversation_id", sa.ForeignKey("conversation.id"), nullable=False, unique=True),
    # new | taken | solved
    sa.Column("state", sa.String(12), nullable=False, index=True),
    sa.Column("reason", sa.String(24), nullable=False),
    sa.Column("priority", sa.String(8), nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    # the e-mail address a staff member signs in with
    sa.Column("assignee", sa.String(320)),
    sa.Column("opened_at", UtcDateTime, nullable=False),
    # since when the customer waits for people; null: it is their turn
    sa.Column("waiting_since", UtcDateTime),
    sa.Column("first_reply_at", UtcDateTime),
    sa.Column("closed_at", UtcDateTime),
)

verdict = sa.Table(
    "verdict",
    metadata,
    sa.Column("decision_id", sa.ForeignKey("decision.id"), primary_key=True),
    # right | wrong
    sa.Column("verdict", sa.String(8), nullable=False),
    sa.Column("right_lang", sa.String(3)),
    sa.Column("right_slug", sa.String(160)),
    sa.Column("staff", sa.String(320), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    # desk (came up while working a hand-over) | review (drawn at random to be judged)
    sa.Column("source", sa.String(8), nullable=False, server_default="desk"),
)

feedback = sa.Table(
    "feedback",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("decision_id", sa.ForeignKey("decision.id"), index=True),
    sa.Column("article_lang", sa.String(3)),
    sa.Column("article_slug", sa.String(160)),
    sa.Column("helped", sa.Boolean, nullable=False),
    sa.Column("why", sa.Text, nullable=False, server_default=""),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

inbound = sa.Table(
    "inbound",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("external_id", sa.String(200), nullable=False),
    sa.Column("raw", sa.JSON, nullable=False),
    # received | done | poison
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_before", UtcDateTime, nullable=False),
    sa.Column("claim", sa.String(32)),
    sa.Column("lease_until", UtcDateTime),
    sa.Column("last_error", sa.Text),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("channel", "external_id"),
    sa.Index("ix_inbound_due", "state", "not_before"),
)

outbound = sa.Table(
    "outbound",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    # channel:conversation:cause:purpose
    sa.Column("dedupe_key", sa.String(200), nullable=False, unique=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("conversation_id", sa.ForeignKey("conversation.id"), nullable=False, index=True),
    sa.Column("message_id", sa.ForeignKey("message.id"), nullable=False),
    sa.Column("recipient", sa.String(320), nullable=False),
    sa.Column("subject", sa.Text, nullable=False, server_default=""),
    sa.Column("text", sa.Text, nullable=False),
    # queued | sending | sent | failed | uncertain
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("not_before", UtcDateTime, nullable=False),
    sa.Column("claim", sa.String(32)),
    sa.Column("lease_until", UtcDateTime),
    sa.Column("platform_id", sa.String(200)),
    sa.Column("last_error", sa.Text),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("sent_at", UtcDateTime),
    sa.Index("ix_outbound_due", "state", "not_before"),
)

threshold = sa.Table(
    "threshold",
    metadata,
    # the version: every change is a new row, the newest per (channel, lang) counts
    sa.Column("version", sa.Integer, sa.Identity(), primary_key=True),
    # '*' stands for every channel or language
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("lang", sa.String(3), nullable=False),
    sa.Column("value", sa.Float, nullable=False),
    sa.Column("staff", sa.String(320), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

# "at most so many wrong": the newest per (channel, lang) counts
promise = sa.Table(
    "promise",
    metadata,
    sa.Column("version", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("channel", sa.String(20), nullable=False),
    sa.Column("lang", sa.String(3), nullable=False),
    # share of automatic answers that may be wrong; null: withdrawn
    sa.Column("allowed", sa.Float),
    # what it was chosen from: counts, bound, share answered
    sa.Column("evidence", sa.JSON, nullable=False),
    # the row of `threshold` it led to; null while the evidence is too thin
    sa.Column("threshold_version", sa.Integer),
    sa.Column("staff", sa.String(320), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

# how relevance becomes confidence, refitted with labels: the newest counts
calibration = sa.Table(
    "calibration",
    metadata,
    sa.Column("version", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("parameters", sa.JSON, nullable=False),
    sa.Column("labels", sa.Integer, nullable=False),
    # of the statistics it was fitted to
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("staff", sa.String(320), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

# a customer's question that an agent answered with an article: an example question to be
suggestion = sa.Table(
    "suggestion",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("decision_id", sa.ForeignKey("decision.id"), nullable=False, unique=True),
    sa.Column("article_lang", sa.String(3), nullable=False),
    sa.Column("article_slug", sa.String(160), nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    # open | accepted | declined
    sa.Column("state", sa.String(12), nullable=False),
    # who accepted or declined it
    sa.Column("staff", sa.String(320)),
    sa.Column("decided_at", UtcDateTime),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Index("ix_suggestion_open", "state", "article_lang", "article_slug"),
)

golden_set = sa.Table(
    "golden_set",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("name", sa.String(120), nullable=False, unique=True),
    sa.Column("staff", sa.String(320), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

golden_question = sa.Table(
    "golden_question",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("set_id", sa.ForeignKey("golden_set.id"), nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    # lang/slug of every right article; empty: it must go to people
    sa.Column("gold", sa.JSON, nullable=False),
    # dev | test | empty
    sa.Column("split", sa.String(8), nullable=False, server_default=""),
    sa.Column("staff", sa.String(320), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("set_id", "text"),
)

golden_run = sa.Table(
    "golden_run",
    metadata,
    sa.Column("id", sa.Integer, sa.Identity(), primary_key=True),
    sa.Column("set_id", sa.ForeignKey("golden_set.id"), nullable=False, index=True),
    # of the index and calibration it ran with
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("measures", sa.JSON, nullable=False),
    # [{text, gold, reply, article, confidence, is_right}]
    sa.Column("rows", sa.JSON, nullable=False),
    sa.Column("staff", sa.String(320), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

# one row a day: what customers' questions looked like
drift_reading = sa.Table(
    "drift_reading",
    metadata,
    # YYYY-MM-DD in the firm's time zone
    sa.Column("day", sa.String(10), primary_key=True),
    sa.Column("questions", sa.Integer, nullable=False),
    # {sure, languages: {lang: questions}, distances: [questions]}
    sa.Column("readings", sa.JSON, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

wording = sa.Table(
    "wording",
    metadata,
    sa.Column("lang", sa.String(3), primary_key=True),
    sa.Column("key", sa.String(60), primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)

# what the firm sets in the portal: name, colours, languages, hours
firm_setting = sa.Table(
    "firm_setting",
    metadata,
    sa.Column("key", sa.String(60), primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)

quota = sa.Table(
    "quota",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("window_start", UtcDateTime, primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
