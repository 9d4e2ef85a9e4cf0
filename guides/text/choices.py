"""The codes that documents use, each with the Swedish word that people read."""

BASES = {
    "law": "Lag",
    "authority": "Myndighet",
    "research": "Forskning",
    "experience": "Erfarenhet",
    "proposal": "Vårt förslag",
}
TIME_FRAMES = {
    "now": "nu",
    "same_day": "samma dag",
    "week": "inom en vecka",
    "two_weeks": "inom två veckor",
    "ongoing": "löpande",
    "closing": "vid avslut",
}
ROLES = {
    "responsible": "ansvarig",
    "takes_part": "medverkar",
    "informed": "informeras",
}
RECHECK_CLASSES = {"A": "A", "B": "B", "C": "C"}
CONFIDENCES = {"high": "hög", "medium": "medel", "low": "låg"}
AREAS = {
    "nation": "hela landet",
    "police_region": "polisregion",
    "county": "län",
    "municipality": "kommun",
}
PROVISION_STATES = {
    "in_force": "gäller",
    "repealed": "upphävd",
    "changing": "ändring väntas",
    "changed": "ändrad 2026, kontrollera",
}
ACTOR_STATEMENTS = {
    "responsible": "ansvarar för",
    "takes_part": "deltar i",
    "not_asked": "ska inte bli ombedd att",
}
GRANT_RELEVANCE = {
    "direct": "direkt",
    "indirect": "indirekt",
    "history": "historik",
}
RULE_EFFECTS = {
    "situation": "räkna som situationen",
    "add": "lägg till en uppgift",
    "replace": "byt ut mot en annan uppgift",
    "hide": "dölj",
    "note": "ta med och skriv en anmärkning",
    "show_first": "visa först",
}
PAGE_SECTIONS = {"about": "om", "top": "egen adress", "example": "exempel"}
# Whether a page has the quick exit; empty follows its readers: the public has it, professionals do not.
EXIT_SWITCH = {"shown": "visas", "hidden": "visas inte"}
# The quick exit in the languages of the pages; like those, not yet read by a translator.
EXIT_WORDS = {
    "en": "Leave this page quickly",
    "ar": "مغادرة الصفحة بسرعة",
    "so": "Si degdeg ah uga bax bogga",
    "fa": "خروج سریع از صفحه",
    "tr": "Sayfadan hızla çık",
    "bs": "Brzo napusti stranicu",
    "kmr": "Zû ji rûpelê derkeve",
    "pl": "Szybko opuść stronę",
    "ti": "ካብዚ ገጽ ብቕልጡፍ ውጻእ",
    "uk": "Швидко покинути сторінку",
}
# What a tab says of a page that somebody may not be seen reading: "advice", and no more.
NEUTRAL_TITLES = {
    "sv": "Råd",
    "lattlast": "Råd",
    "en": "Advice",
    "ar": "نصائح",
    "so": "Talo",
    "fa": "توصیه‌ها",
    "tr": "Tavsiye",
    "bs": "Savjeti",
    "kmr": "Şîret",
    "pl": "Porady",
    "ti": "ምኽሪ",
    "uk": "Поради",
}
# In the order in which two of them stand on a page.
BANNER_LEVELS = {"important": "viktigt", "information": "information"}
BANNER_AUDIENCES = {"public": "allmänhetens sidor", "professional": "de yrkesverksammas sidor"}
# Languages by their own names. The code is part of the address; LANGUAGE_TAGS gives BCP 47 where it differs.
LANGUAGES = {
    "sv": "Svenska",
    "lattlast": "Lätt svenska",
    "en": "English",
    "ar": "العربية",
    "so": "Soomaali",
    "fa": "فارسی",
    "tr": "Türkçe",
    "bs": "Bosanski / Hrvatski / Srpski",
    "kmr": "Kurmancî",
    "pl": "Polski",
    "ti": "ትግርኛ",
    "uk": "Українська",
}
LANGUAGE_TAGS = {"lattlast": "sv"}
RIGHT_TO_LEFT = frozenset({"ar", "fa"})
