from flask.testing import FlaskClient

from tests.web.api.conftest import ARTICLES


def test_search_finds_with_slang_and_typing_errors(client: FlaskClient) -> None:
    told = client.get("/api/v1/search?q=lupa+pasword&lang=id").get_json()
    assert told["query"] == "lupa pasword"
    best = told["articles"][0]
    assert (best["lang"], best["slug"]) == ("id", "lupa-kata-sandi")
    assert best["link"] == "http://localhost/id/articles/lupa-kata-sandi"
    assert best["summary"]
    assert best["updated"]


def test_search_keeps_to_the_language_and_the_limit(client: FlaskClient) -> None:
    told = client.get("/api/v1/search?q=parcel+has+not+arrived&lang=en&limit=2").get_json()
    assert told["articles"][0]["slug"] == "parcel-not-arrived"
    assert len(told["articles"]) <= 2
    assert {line["lang"] for line in told["articles"]} == {"en"}


def test_search_shows_one_of_linked_translations(client: FlaskClient) -> None:
    told = client.get("/api/v1/search?q=lupa+kata+sandi+password&limit=50").get_json()
    found = {(line["lang"], line["slug"]) for line in told["articles"]}
    assert ("id", "lupa-kata-sandi") in found
    assert ("en", "forgot-password") not in found


def test_search_never_shows_what_is_not_public(client: FlaskClient) -> None:
    told = client.get("/api/v1/search?q=rekening+refund&limit=50").get_json()
    assert "rekening-refund" not in {line["slug"] for line in told["articles"]}


def test_the_list_has_every_public_article_once(client: FlaskClient) -> None:
    told = client.get("/api/v1/articles").get_json()
    listed = [f"{line['lang']}/{line['slug']}" for line in told["articles"]]
    renamed_and_archived = {"id/stok-habis", "id/bayar-qris"}
    assert set(listed) == set(ARTICLES) - renamed_and_archived | {"id/barang-habis"}
    assert len(listed) == len(set(listed)) == told["total"]
    assert (told["page"], told["pages"]) == (1, 1)


def test_the_list_can_be_narrowed(client: FlaskClient) -> None:
    told = client.get("/api/v1/articles?lang=id&category=pengiriman").get_json()
    assert {(line["lang"], line["category"]) for line in told["articles"]} == {("id", "pengiriman")}
    assert client.get("/api/v1/articles?category=none").get_json()["articles"] == []
    assert client.get("/api/v1/articles?lang=fr").get_json()["total"] == 0


def test_a_page_behind_the_last_is_empty(client: FlaskClient) -> None:
    told = client.get("/api/v1/articles?page=9").get_json()
    assert (told["articles"], told["page"], told["pages"]) == ([], 9, 1)


def test_an_article_comes_as_text_html_and_markdown(client: FlaskClient) -> None:
    told = client.get("/api/v1/articles/id/paket-belum-sampai").get_json()
    assert told["title"] == "Paket saya belum sampai"
    assert told["answer"]
    assert told["html"].startswith("<")
    assert told["markdown"].strip()
    assert told["link"] == "http://localhost/id/articles/paket-belum-sampai"
    assert told["category"] == "pengiriman"
    assert told["updated"].startswith("2027-03-01T")
    (translation,) = told["translations"]
    assert (translation["lang"], translation["slug"]) == ("en", "parcel-not-arrived")


def test_a_renamed_article_tells_its_new_address(client: FlaskClient) -> None:
    response = client.get("/api/v1/articles/id/stok-habis")
    assert response.status_code == 301
    assert response.content_type == "application/json"
    assert response.headers["Location"] == "/api/v1/articles/id/barang-habis"
    assert response.get_json()["error"]["detail"] == "id/barang-habis"
    assert client.get(response.headers["Location"]).status_code == 200


def test_an_archived_article_is_gone(client: FlaskClient) -> None:
    response = client.get("/api/v1/articles/id/bayar-qris")
    assert response.status_code == 410
    assert response.get_json()["error"]["code"] == "gone"


def test_what_is_not_for_everybody_is_not_found(client: FlaskClient) -> None:
    for slug in ("rekening-refund", "belum-terbit", "no-such-article"):
        response = client.get(f"/api/v1/articles/id/{slug}")
        assert response.status_code == 404
        assert response.get_json()["error"]["code"] == "unknown_article"
