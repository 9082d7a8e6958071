"""Messages that mean something only together with the one before: "kalau ke luar negeri?"."""

from datetime import timedelta

from kb.models import Article
from responder.speech import Speech, beginning, spoken

FOLLOWS_WITHIN = timedelta(hours=1)
# longer messages say by themselves what they are about
MOST_WORDS = 8
FEW_TELLING = 2
LONGEST_TOGETHER = 400
STEM = 5


def leans_back(text: str, speech: Speech) -> bool:
    """Whether a short message begins like one that goes on, points back, or says little."""
    said = spoken(text)
    if not said or len(said) > MOST_WORDS:
        return False
    goes_on = beginning(said, speech.follow_up_phrases) > 0
    return goes_on or speech.points_back(said) or len(speech.telling(said)) <= FEW_TELLING


def is_bare(text: str, speech: Speech) -> bool:
    """Whether one word at most says what it is about, and none leads to it: "kapan dikirim?"."""
    said = spoken(text)
    return len(speech.telling(said)) <= 1 and not beginning(said, speech.follow_up_phrases)


def together(before: str, text: str) -> str:
    """One question of two messages; of long ones the end of the earlier."""
    return f"{before[-max(LONGEST_TOGETHER - len(text), 1) :].strip()} {text}"


def has_words_of(article: Article, text: str, speech: Speech) -> bool:
    """Whether the article has all the words of the text that mean something by themselves."""
    known = spoken(" ".join((article.title, article.answer or "", article.body)))
    known += spoken(" ".join(article.questions))
    beginnings = {word[:STEM] for word in known}
    return all(word[:STEM] in beginnings for word in speech.telling(spoken(text)))
