"""Addresses that lead nowhere and forms that are not ours."""

from tests.bad_input.case import Area, Case, Via
from tests.bad_input.seeing import api, page

NOT_FOUND = "Halaman ini tidak ditemukan"
NO_PAGE = "We cannot find this page It may have moved, or the address has a typing error."
TOO_MUCH = "Terlalu banyak sekaligus"
UPLOAD = (
    b'--end\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n'
    + b"x" * 2_000_000
    + b"\r\n--end--\r\n"
)
PARTS = {f"part{number}": "x" for number in range(300)}


def web(name: str, given: str, code: int, expected: str, act, lang: str = "id") -> Case:
    return Case(name, Area.WEB, given, Via.PAGE, code, expected, act, lang)


def program(name: str, given: str, code: int, expected: str, act) -> Case:
    return Case(name, Area.WEB, given, Via.API, code, expected, act)


CASES = (
    web(
        "web-unknown-page",
        "an unknown page below /id/, from an English browser",
        404,
        NOT_FOUND,
        page("GET", "/id/nowhere"),
    ),
    web(
        "web-unknown-page-english",
        "an unknown page below /en/",
        404,
        NO_PAGE,
        page("GET", "/en/nowhere"),
        "en",
    ),
    web(
        "web-unknown-language",
        "a language that the site does not have",
        404,
        NO_PAGE,
        page("GET", "/xx/ask"),
        "en",
    ),
    web(
        "web-unknown-article",
        "an article that there is not",
        404,
        NOT_FOUND,
        page("GET", "/id/articles/tidak-ada"),
    ),
    web(
        "web-staff-article",
        "an article that is for staff only",
        404,
        NOT_FOUND,
        page("GET", "/id/articles/khusus-staf"),
    ),
    web(
        "web-outside",
        "an address that leads out of the site",
        404,
        NOT_FOUND,
        page("GET", "/id/articles/..%2f..%2fjawab.toml"),
    ),
    web(
        "web-outside-media",
        "the same among the pictures",
        404,
        NO_PAGE,
        page("GET", "/media/..%2fsecret.key"),
        "en",
    ),
    web(
        "web-method",
        "a method that the page does not know",
        405,
        "Halaman ini tidak bisa",
        page("DELETE", "/id/ask"),
    ),
    web(
        "web-search-bytes",
        "a search that is not UTF-8",
        200,
        "Cari",
        page("GET", "/id/search?q=%ff%fe"),
    ),
    web(
        "web-search-long",
        "a search of 5,000 characters",
        200,
        "Cari",
        page("GET", "/id/search?q=" + "x" * 5000),
    ),
    web(
        "web-status-link",
        "a status link with a wrong signature",
        404,
        NO_PAGE,
        page("GET", "/s/IjAxTUZaRDFTODBKMEEyRUQ0QTZZSERSRTBFIg.wrong"),
        "en",
    ),
    web(
        "web-csrf",
        "a form of staff without its token",
        400,
        "We could not read that",
        page("POST", "/sign-in", data={"email": "a@example.com", "password": "x"}),
        "en",
    ),
    web(
        "web-other-site",
        "a form that another site's page sends",
        403,
        "Halaman ini tidak bisa",
        page("POST", "/id/ask", data={"text": "x"}, headers={"Sec-Fetch-Site": "cross-site"}),
    ),
    web(
        "web-form-huge",
        "a form of 600 KB",
        413,
        TOO_MUCH,
        page("POST", "/id/ask", data={"text": "x" * 600_000}),
    ),
    web(
        "web-upload",
        "a file of 2 MB",
        413,
        TOO_MUCH,
        page("POST", "/id/contact", data=UPLOAD, content_type="multipart/form-data; boundary=end"),
    ),
    web(
        "web-form-parts",
        "a form of 300 parts",
        413,
        TOO_MUCH,
        page("POST", "/id/contact", data=PARTS, content_type="multipart/form-data"),
    ),
    web(
        "web-choice",
        "a choice that was never offered",
        200,
        "Ask us",
        page(
            "POST",
            "/en/ask/choice",
            data={"decision": "x", "article": "../x"},
            follow_redirects=True,
        ),
        "en",
    ),
    program(
        "web-api-unknown",
        "an unknown address of the API",
        404,
        "The requested URL was not found…",
        page("GET", "/api/v1/nowhere"),
    ),
    program(
        "web-api-method",
        "a method that the API does not know",
        405,
        "The method is not allowed for the requested URL.",
        page("GET", "/api/v1/ask"),
    ),
    program(
        "web-api-search",
        "a search that is not UTF-8",
        400,
        "the address is not UTF-8",
        page("GET", "/api/v1/search?q=%ff"),
    ),
    program(
        "web-api-limit",
        "a limit that is no number",
        422,
        "limit: Input should be a valid integer…",
        page("GET", "/api/v1/search?q=a&limit=many"),
    ),
    program(
        "web-api-article",
        "an article that there is not",
        404,
        "there is no article id/tidak-ada",
        page("GET", "/api/v1/articles/id/tidak-ada"),
    ),
    program(
        "web-api-vote",
        "a vote that is neither yes nor no",
        422,
        "helped: Input should be a valid boolean",
        api('{"article": "id/paket-belum-sampai", "helped": "maybe"}', path="/api/v1/feedback"),
    ),
    program(
        "web-api-key",
        "an API key that there is not",
        401,
        "…key…",
        page("GET", "/api/v1/search?q=a", headers={"Authorization": "Bearer nonsense"}),
    ),
)
