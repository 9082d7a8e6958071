"""A channel that sends nothing: it keeps what would have gone out, in memory and in a folder."""

import json
from dataclasses import asdict
from pathlib import Path

from responder.delivery import Delivery, Outbound, Sent


class OutboxChannel:
    """To try a site without any platform; one JSON file per message sent."""

    def __init__(self, name: str = "outbox", folder: Path | None = None) -> None:
        self.name = name
        self.sent: list[Outbound] = []
        self._folder = folder

    def send(self, outbound: Outbound) -> Delivery:
        self.sent.append(outbound)
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{outbound.id:08}-{outbound.attempts}.json"
            path.write_text(json.dumps(asdict(outbound), ensure_ascii=False, indent=1) + "\n")
        return Sent(outbound.message_id)
