"""Every operation of version 1."""

from web.api.answers import (
    ArticleList,
    ArticleText,
    AskAnswer,
    ContactReceipt,
    SearchResults,
    VoteReceipt,
)
from web.api.articles import get_article, list_articles, search
from web.api.asking import add_message, ask, leave_contact, vote
from web.api.operation import Operation
from web.api.requests import (
    ArticlesQuery,
    Ask,
    ContactDetails,
    NewMessage,
    SearchQuery,
    Vote,
)

OPERATIONS = (
    Operation(
        "POST",
        "/ask",
        ask,
        AskAnswer,
        "Ask a question",
        "Answers at once with words that a writer approved, offers titles to choose from, or hands "
        "over to people. Everything is recorded.",
        body=Ask,
        errors=(429,),
    ),
    Operation(
        "POST",
        "/conversations/<public_id:conversation>/messages",
        add_message,
        AskAnswer,
        "Add a message",
        "The next message of a conversation, on whichever channel it began; answered like a "
        "question, or given to the person who has the conversation.",
        body=NewMessage,
        errors=(404, 429),
    ),
    Operation(
        "POST",
        "/conversations/<public_id:conversation>/contact",
        leave_contact,
        ContactReceipt,
        "Give it to people",
        "Leaves an e-mail address or a phone number and puts the conversation into people's hands.",
        body=ContactDetails,
        errors=(404, 429),
    ),
    Operation(
        "GET",
        "/search",
        search,
        SearchResults,
        "Search articles",
        "Nothing is recorded. Of linked translations only one is listed.",
        query=SearchQuery,
        errors=(429,),
    ),
    Operation(
        "GET",
        "/articles",
        list_articles,
        ArticleList,
        "List articles",
        "All that everybody may read, by language and title.",
        query=ArticlesQuery,
    ),
    Operation(
        "GET",
        "/articles/<lang:lang>/<slug:slug>",
        get_article,
        ArticleText,
        "Read an article",
        "A renamed article answers 301 with its new address, one that was taken down 410.",
        errors=(301, 404, 410),
    ),
    Operation(
        "POST",
        "/feedback",
        vote,
        VoteReceipt,
        "Did it help?",
        "A second vote on the same decision replaces the first.",
        body=Vote,
        errors=(404, 429),
    ),
)
