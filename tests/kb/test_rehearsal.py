import numpy as np

from kb.rehearsal import rehearse
from tests.kb.shelf import SHOP, an_article
from tests.kb.test_index import snapshot_of


def test_every_example_question_is_rehearsed_once() -> None:
    rehearsal = rehearse(snapshot_of(*SHOP))
    assert rehearsal.count == sum(len(article.questions) for article in SHOP)


def test_without_its_article_a_question_fits_less() -> None:
    rehearsal = rehearse(snapshot_of(*SHOP))
    assert np.all(rehearsal.removed <= rehearsal.kept)


def test_a_question_left_out_does_not_find_itself() -> None:
    """Alone with a title in other words, its own words are worth nothing."""
    odd = an_article("aneh", "Judul", "qwerty zxcvb")
    rehearsal = rehearse(snapshot_of(*SHOP, odd))
    assert rehearsal.kept.min() < 1.0


def test_titles_alone_give_nothing_to_rehearse() -> None:
    assert rehearse(snapshot_of(an_article("a", "Satu"), an_article("b", "Dua"))).count == 0


def test_titles_tell_how_alike_articles_are() -> None:
    twins = rehearse(snapshot_of(an_article("a", "Ongkos kirim"), an_article("b", "Ongkos kirim")))
    apart = rehearse(snapshot_of(an_article("a", "Ongkos kirim"), an_article("b", "Jam buka")))
    assert len(twins.neighbours) == len(apart.neighbours) == 2
    assert twins.neighbours.min() > apart.neighbours.max()


def test_one_article_has_no_rival() -> None:
    rehearsal = rehearse(snapshot_of(SHOP[0]))
    assert rehearsal.right.all()
    assert np.all(np.isneginf(rehearsal.removed))
