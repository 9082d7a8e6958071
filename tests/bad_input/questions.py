"""What customers may write."""

from tests.bad_input.case import Area, Case, Via
from tests.bad_input.seeing import api, asked

NOTHING_ASKED = "We could not find a question in this message."
NOT_YET = "Hello! Ask in your own words."
PASSED_ON = "We have passed your question to our team."
LONG = "paket " * 17_000
DEEP = b'{"text": ' + b"[" * 30_000 + b"]" * 30_000 + b"}"


def on_page(name: str, given: str, expected: str, body: bytes | dict[str, str]) -> Case:
    return Case(name, Area.QUESTION, given, Via.PAGE, 200, expected, asked(body), "en")


def through_api(name: str, given: str, code: int, expected: str, body: bytes | str) -> Case:
    return Case(name, Area.QUESTION, given, Via.API, code, expected, api(body))


CASES = (
    on_page("question-empty", "an empty question form", NOT_YET, {"text": ""}),
    on_page("question-blank", "only spaces and line ends", NOT_YET, {"text": "  \n \t "}),
    Case(
        "question-100-kb",
        Area.QUESTION,
        "100 KB of text in the form",
        Via.PAGE,
        413,
        "That is too much at once Please shorten the text or choose a smaller file",
        asked({"text": LONG}),
        "en",
    ),
    on_page(
        "question-nul",
        "a NUL and control characters around a question",
        "Check the Track page with your tracking number.",
        {"text": "where is my\0 parcel\x1b[31m?\x07"},
    ),
    on_page("question-emoji", "only emoji", NOTHING_ASKED, {"text": "😀👍🏽🇮🇩"}),
    on_page("question-signs", "only punctuation", NOTHING_ASKED, {"text": "?!... ¿?"}),
    on_page(
        "question-right-to-left",
        "right-to-left writing with an override character that would turn the page around",
        PASSED_ON,
        {"text": "\u202eمتى يصل الطرد الخاص بي من المتجر\u202c"},
    ),
    on_page(
        "question-markup",
        "a script tag as a question: shown as the text it is",
        "<script>alert(1)</script> my parcel",
        {"text": "<script>alert(1)</script> my parcel"},
    ),
    on_page(
        "question-bytes", "bytes that are not UTF-8, sent raw", NOT_YET, b"text=\xff\xfe parcel"
    ),
    on_page(
        "question-percent",
        "percent-encoded bytes that are not UTF-8 before a question",
        "Check the Track page with your tracking number.",
        b"text=%ff%fe+where+is+my+parcel",
    ),
    through_api("api-empty", 'the text ""', 422, "text: …at least 1 character", '{"text": ""}'),
    through_api("api-blank", "only blanks", 422, "text: write something first", '{"text": " \\n"}'),
    through_api(
        "api-100-kb",
        "a body of 100 KB",
        413,
        "send at most 64 KB",
        '{"text": "' + LONG + '"}',
    ),
    through_api(
        "api-5000-characters",
        "5,000 characters",
        422,
        "text: String should have at most 4000 characters",
        '{"text": "' + "x" * 5000 + '"}',
    ),
    through_api(
        "api-not-utf-8",
        "bytes that are not UTF-8",
        400,
        "Invalid JSON: invalid unicode code point at line 1 column…",
        b'{"text": "\xff\xfe"}',
    ),
    through_api(
        "api-half-a-character",
        "half of a surrogate pair",
        400,
        "Invalid JSON: unexpected end of hex escape…",
        '{"text": "\\ud800"}',
    ),
    through_api(
        "api-nul",
        "a NUL in the question",
        200,
        "Check the Track page with your tracking number.",
        '{"text": "where is my\\u0000 parcel"}',
    ),
    through_api(
        "api-deep", "JSON 30,000 deep", 400, "Invalid JSON: recursion limit exceeded…", DEEP
    ),
    through_api(
        "api-broken", "broken JSON", 400, "Invalid JSON: EOF while parsing…", '{"text": "a"'
    ),
    through_api("api-no-body", "no body at all", 400, "Invalid JSON: EOF while parsing…", ""),
    through_api("api-list", "a list", 422, "Input should be an object", "[]"),
    through_api("api-nothing", "an object without text", 422, "text: Field required", "{}"),
    through_api(
        "api-number", "a number as text", 422, "text: Input should be a valid string", '{"text": 5}'
    ),
    through_api(
        "api-misspelt",
        "a misspelt field",
        422,
        "langauge: Extra inputs are not permitted",
        '{"text": "a", "langauge": "id"}',
    ),
    through_api(
        "api-channel",
        "an unknown channel",
        422,
        "channel: Input should be 'api', 'web' or 'widget'",
        '{"text": "a", "channel": "fax"}',
    ),
    through_api(
        "api-conversation",
        "a conversation that can be none",
        422,
        "conversation: String should match pattern…",
        '{"text": "a", "conversation": "../x"}',
    ),
    Case(
        "api-form",
        Area.QUESTION,
        "a form instead of JSON",
        Via.API,
        415,
        "send JSON, with 'Content-Type: application/json'",
        api("text=parcel", mimetype="application/x-www-form-urlencoded"),
    ),
)
