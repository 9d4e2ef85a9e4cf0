"""PostgreSQL for Django, with a limit to how long one waits for an answer."""
