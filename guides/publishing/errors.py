"""What publishing refuses, in words for the person who asked."""

from __future__ import annotations


class PublishingError(Exception):
    """A refused transition. `messages` are Swedish sentences that the admin shows."""

    def __init__(self, *messages: str):
        self.messages = list(messages)
        super().__init__(" ".join(messages))
