"""What the firm knows: articles, and how to find the one that fits a question."""
