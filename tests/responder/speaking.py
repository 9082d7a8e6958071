"""How messages are built, as shipped."""

from kb import starter
from responder.speech import Speech
from responder.wording import read_wording


def shipped_speech() -> Speech:
    texts = read_wording([starter.path() / "wording"])
    return Speech.of(
        lambda key: ", ".join(t for (_, its), t in sorted(texts.items()) if its == key)
    )
