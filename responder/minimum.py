""" "min", with which customers call the admin, where it is short for minimum."""

from responder.speech import Speech, spoken_words

# in Indonesian and in English
MINIMUM = "minimum"


def spelt_out(text: str, speech: Speech) -> str:
    """ "min order berapa" → "minimum order berapa"; "min, order saya mana" stays as it is."""
    tokens = spoken_words(text)
    said = tuple(word for _, word in tokens)
    for place, (start, _) in enumerate(tokens[:-1]):
        following = tokens[place + 1][0]
        if speech.asks_minimum(said[place:]) and "," not in text[start:following]:
            return f"{text[:start]}{MINIMUM} {text[following:]}"
    return text
