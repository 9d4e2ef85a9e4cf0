"""SQLite for Django, on a file that is still there."""
