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
from web.api.learning import (
    accept_suggestion,
    decline_suggestion,
    list_gaps,
    list_suggestions,
)
from web.api.learnt import DecidedSuggestion, GapList, SuggestionList
from web.api.operation import Operation
from web.api.requests import (
    ArticlesQuery,
    Ask,
    ContactDetails,
    GapsQuery,
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
    Operation(
        "GET",
        "/gaps",
        list_gaps,
        GapList,
        "List unanswered topics",
        "Questions that no article answered, alike ones together.",
        query=GapsQuery,
        needs_key=True,
    ),
    Operation(
        "GET",
        "/suggestions",
        list_suggestions,
        SuggestionList,
        "List suggested example questions",
        "What customers asked and agents answered with an article, by article and likeness.",
        needs_key=True,
    ),
    Operation(
        "POST",
        "/suggestions/<int:suggestion>/accept",
        accept_suggestion,
        DecidedSuggestion,
        "Accept a suggestion",
        "The question becomes an example question of the article: live at once, or in its draft "
        "where there is one.",
        errors=(404, 409),
        needs_key=True,
    ),
    Operation(
        "POST",
        "/suggestions/<int:suggestion>/decline",
        decline_suggestion,
        DecidedSuggestion,
        "Decline a suggestion",
        "It is not suggested again.",
        errors=(404, 409),
        needs_key=True,
    ),
)
