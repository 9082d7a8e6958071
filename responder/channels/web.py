"""Web: the customer's page shows the transcript, so being written down is being delivered."""

from responder.delivery import Delivery, Outbound, Sent


class WebChannel:
    def __init__(self, name: str = "web") -> None:
        self.name = name

    def send(self, outbound: Outbound) -> Delivery:
        return Sent(outbound.message_id)
