"""One module a noun. A view says which record, which template, which context, and stops."""
