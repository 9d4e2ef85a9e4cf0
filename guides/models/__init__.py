"""The editors' working copy, one noun a file. The public half never imports this package.

Imports point one way: `guides.py` may import all that it is made of, and only `questions.py` and `rules.py` stand after it.
"""

from guides.models.actors import Actor, ActorStatement
from guides.models.audit import AuditEntry
from guides.models.contacts import Contact
from guides.models.fact_checks import FactAnswer, ShareLink
from guides.models.files import Upload
from guides.models.funding import Grant
from guides.models.guides import Guide, GuideStep, Responsibility, Step, Task
from guides.models.inbox import Report
from guides.models.legislation import Provision, Statute
from guides.models.links import LinkCheck, LinkHost, LinkUse
from guides.models.logins import LoginAttempts
from guides.models.mailboxes import Digest, Mailbox, Reminder
from guides.models.open_questions import OpenQuestion
from guides.models.pages import Banner, News, Page, PageStatement, Term
from guides.models.people import Membership
from guides.models.places import County, Municipality
from guides.models.questions import Download, Question
from guides.models.releases import Check, Counter, FileMark, Masking, Release, Rename, Rendering, Version
from guides.models.reviews import Countersign, Emergency, Review
from guides.models.rules import PlanRule
from guides.models.situations import Situation
from guides.models.sources import Source

# In the order in which they can be written: what is referred to comes first.
CONTENT_MODELS = (
    Source,
    County,
    Municipality,
    Statute,
    Provision,
    Contact,
    Situation,
    Actor,
    Grant,
    Step,
    Guide,
    PlanRule,
    Page,
    Question,
    Download,
    Term,
    News,
    Banner,
    Upload,
)
MODEL_OF = {model.kind: model for model in CONTENT_MODELS}

__all__ = [
    "CONTENT_MODELS",
    "MODEL_OF",
    "Actor",
    "ActorStatement",
    "AuditEntry",
    "Banner",
    "Check",
    "Contact",
    "Counter",
    "Countersign",
    "County",
    "Digest",
    "Download",
    "Emergency",
    "FactAnswer",
    "FileMark",
    "Grant",
    "Guide",
    "GuideStep",
    "LinkCheck",
    "LinkHost",
    "LinkUse",
    "LoginAttempts",
    "Mailbox",
    "Masking",
    "Membership",
    "Municipality",
    "News",
    "OpenQuestion",
    "Page",
    "PageStatement",
    "PlanRule",
    "Provision",
    "Question",
    "Release",
    "Reminder",
    "Rename",
    "Rendering",
    "Report",
    "Responsibility",
    "ShareLink",
    "Review",
    "Situation",
    "Source",
    "Statute",
    "Step",
    "Task",
    "Term",
    "Upload",
    "Version",
]
