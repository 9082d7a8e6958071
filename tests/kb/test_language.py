from kb.language import Vocabulary

LEXICON = {"id": {"gmn": "bagaimana", "blm": "belum", "udh": "sudah"}, "en": {"pls": "please"}}
BOTH = ["id", "en"]


def test_slang_tells_the_language() -> None:
    vocabulary = Vocabulary.of((), LEXICON)
    assert vocabulary.find_language("gmn ini blm masuk udh transfer", BOTH) == "id"
    assert vocabulary.find_language("where is my parcel pls", BOTH) == "en"


def test_two_words_are_too_few_to_tell() -> None:
    assert Vocabulary.of((), LEXICON).find_language("refund dong", BOTH) is None


def test_only_the_sites_languages_are_considered() -> None:
    assert Vocabulary.of((), {}).find_language("wo ist mein Paket geblieben", BOTH) in BOTH
