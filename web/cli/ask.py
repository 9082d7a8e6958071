"""`jawab ask`: what would a customer get?"""

import json
from collections.abc import Sequence
from typing import Any

import click

from responder.exchange import Trace
from responder.models import Candidate, Handoff, ReplyKind
from web.cli.opening import opened

EXIT_CODES = {
    ReplyKind.ANSWER: 0,
    ReplyKind.SMALLTALK: 0,
    ReplyKind.CLARIFY: 10,
    ReplyKind.HANDOFF: 11,
    ReplyKind.SILENCE: 12,
}


@click.command(
    epilog="Exit codes: 0 answer or small talk; 10 titles to choose from; 11 handed over; "
    "12 silence; the others as `jawab --help` says."
)
@click.argument("text")
@click.option("--channel", default="web", show_default=True, help="As if it came from there.")
@click.option("--lang", help="The language to fall back to when the text does not tell.")
@click.option("--before", default="", help="What the customer had asked just before.")
@click.option("--json", "as_json", is_flag=True, help="Print everything the decision rests on.")
@click.pass_context
def ask(
    context: click.Context,
    text: str,
    *,
    channel: str,
    lang: str | None,
    before: str,
    as_json: bool,
) -> None:
    """Decide on TEXT as a customer's first message, or as the one after --before; nothing is
    recorded or sent."""
    with opened(context.obj) as web:
        trace = web.responder.responder.preview(text, channel, lang, before=before)
    click.echo(json.dumps(as_row(trace), ensure_ascii=False, indent=2) if as_json else shown(trace))
    context.exit(EXIT_CODES[trace.kind])


def shown(trace: Trace) -> str:
    best = trace.candidates[0] if trace.candidates else None
    sure = f"{best.confidence:.2f}" if best else "-"
    lines = [trace.text or "(nothing is said)"]
    lines += [f"  - {choice.title}: {choice.link}" for choice in trace.choices]
    if trace.link and trace.link not in trace.text:
        lines.append(trace.link)
    facts = f"{trace.kind} because {trace.rule}; confidence {sure}, "
    return "\n".join([*lines, "", facts + f"threshold {trace.situation.threshold:.2f}"])


def as_row(trace: Trace) -> dict[str, Any]:
    reason = trace.reply.reason.value if isinstance(trace.reply, Handoff) else None
    follow_up = trace.situation.follow_up
    return {
        "reply": trace.kind.value,
        "reason": reason,
        "rule": trace.rule,
        "text": trace.text,
        "link": trace.link,
        "lang": trace.question.lang,
        "threshold": trace.situation.threshold,
        "answers": [
            {
                "question": answer.question,
                "article": str(answer.article),
                "confidence": answer.confidence,
                "text": answer.text,
                "link": answer.link,
                "note": answer.note,
            }
            for answer in trace.answers
        ],
        "questions": [
            {"text": part.text, **_best(part.candidates)} for part in trace.situation.parts
        ],
        "with_the_one_before": (
            {"text": follow_up.text, **_best(follow_up.candidates)} if follow_up else None
        ),
        "choices": [{"title": choice.title, "link": choice.link} for choice in trace.choices],
        "candidates": [
            {
                "key": str(candidate.key),
                "kind": candidate.kind.value,
                "title": candidate.title,
                "confidence": candidate.confidence,
                "features": dict(candidate.features),
            }
            for candidate in trace.candidates
        ],
        "masked": list(trace.masked_kinds),
        "fingerprint": trace.fingerprint,
    }


def _best(found: Sequence[Candidate]) -> dict[str, Any]:
    best = next(iter(found), None)
    return {
        "best": str(best.key) if best else None,
        "confidence": best.confidence if best else 0.0,
    }
