"""Log lines: an event with numbers and short words, one line each, never customers' words."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

from web.settings import LogSection

STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
UNSAFE = dict.fromkeys((*range(32), 127, *range(128, 160), 8232, 8233), " ")


class TextLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{key}={value}" for key, value in facts_of(record).items())
        moment = moment_of(record).strftime("%H:%M:%S")
        line = f"{moment} {record.levelname.lower():7} {record.getMessage()} {facts}".rstrip()
        return line.translate(UNSAFE) + self._trace(record)

    def _trace(self, record: logging.LogRecord) -> str:
        return "\n" + self.formatException(record.exc_info) if record.exc_info else ""


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": moment_of(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **facts_of(record),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=True, default=str)


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    return {key: value for key, value in record.__dict__.items() if key not in STANDARD}


def moment_of(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def set_up_logs(section: LogSection) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if section.format == "json" else TextLines())
    logging.basicConfig(level=section.level.upper(), handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
