"""Public addresses: Swedish, and kept for ever. A changed key leaves a 301."""

from django.urls import path, re_path, register_converter

from guides.public.views import (
    api,
    downloads,
    files,
    funding,
    guides,
    law,
    news,
    pages,
    people,
    plan,
    poster,
    questions,
    reports,
    search,
    short,
    system,
    twins,
)


class KeyConverter:
    """A document's key: a-z, 0-9, hyphen."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class StatuteConverter(KeyConverter):
    """A statute's number, 2025:400, or the key of another instrument, eu-2016-679."""

    regex = r"\d{4}:\d+|[a-z]+(?:-[a-z0-9]+)+"


register_converter(KeyConverter, "key")
register_converter(StatuteConverter, "sfs")

app_name = "guides"
urlpatterns = [
    path("", pages.home, name="home"),
    path("<int:number>/", short.short, name="short"),
    path("forsta-timmen/", pages.first_hour, name="first-hour"),
    path("handlingsplan/", plan.plan, name="plan"),
    path("handlingsplan/plan.docx", plan.plan_document, name="plan-document"),
    path("hoppa-av/", pages.leave, name="leave"),
    path("anhorig/", pages.relative, name="relative"),
    path("affisch/", poster.poster, name="poster"),
    path("affisch/<key:municipality>/", poster.poster, name="municipality-poster"),
    path("sakrare/", pages.safer, name="safer"),
    path("k/", pages.discreet, name="discreet"),
    path("hoppa-av/<key:language>/", pages.leave_translated, name="leave-translated"),
    path("anhorig/<key:language>/", pages.relative_translated, name="relative-translated"),
    path("fragor/", questions.question_list, name="question-list"),
    path("fragor/<key:question>/", questions.question_detail, name="question-detail"),
    path("exempel/", pages.example_list, name="example-list"),
    path("exempel/<key:page>/", pages.example, name="example-detail"),
    path("mallar/", downloads.download_list, name="download-list"),
    path("mallar/<key:download>/", downloads.download_detail, name="download-detail"),
    path("mallar/<key:download>.docx", downloads.download_file, name="download-file"),
    path("om/tillganglighet/rapport/", reports.access, name="report-access"),
    path("om/<key:page>/", pages.about, name="about-page"),
    path("ordlista/", pages.glossary, name="glossary"),
    path("nytt/", news.news_list, name="news-list"),
    path("nytt/atom.xml", news.feed, name="news-feed"),
    path("guider/", guides.guide_list, name="guide-list"),
    path("guider/<key:guide>/", guides.guide_detail, name="guide-detail"),
    path("guider/<key:guide>/atom.xml", news.guide_feed, name="guide-feed"),
    path("guider/<key:guide>/utskrift/", guides.guide_print, name="guide-print"),
    path("guider/<key:guide>/handbok.pdf", guides.handbook, name="handbook"),
    path("guider/<key:guide>/<key:step>/", guides.step_detail, name="step-detail"),
    path("ansvar/", people.matrix, name="matrix"),
    path("ansvar/<key:actor>/", people.actor_detail, name="actor-detail"),
    path("lag/", law.statute_list, name="statute-list"),
    path("lag/gamla-och-nya-sol/", law.old_and_new, name="old-and-new"),
    path("lag/<sfs:statute>/", law.statute_detail, name="statute-detail"),
    path("finansiering/", funding.grant_list, name="grant-list"),
    path("finansiering/kalender.ics", funding.calendar, name="grant-calendar"),
    path("finansiering/<key:grant>/", funding.grant_detail, name="grant-detail"),
    path("kontakt/", people.contact_list, name="contact-list"),
    path("kontakt/lan/<key:county>/", people.county_detail, name="county-detail"),
    path("kontakt/nummer/<key:contact>/", people.contact_detail, name="contact-detail"),
    path("kontakt/nummer/<key:contact>/stammer-inte/", reports.number, name="report-number"),
    path("kontakt/<key:municipality>/", people.municipality_detail, name="municipality-detail"),
    path("filer/<key:file>/<str:name>", files.uploaded, name="file"),
    path("sok/", search.search_page, name="search"),
    path("sok/forslag.json", search.suggestions, name="search-suggestions"),
    path("api/", api.index, name="api"),
    path("api/openapi.json", api.openapi, name="api-description"),
    path("api/<key:name>/", api.collection, name="api-list"),
    path("api/<key:name>/<key:key>/", api.item, name="api-item"),
    path("halsa/", system.health, name="health"),
    path("halsa/matt", system.metrics, name="metrics"),
    path("robots.txt", system.robots, name="robots"),
    path("sitemap.xml", system.sitemap, name="sitemap"),
    path(".well-known/security.txt", system.security, name="security"),
    re_path(r"^(?P<page>[a-z0-9:/-]+)\.md$", twins.twin, name="twin"),
    path("favicon.ico", system.favicon, name="favicon"),
]
