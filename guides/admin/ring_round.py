"""The ring round: whom to call to see whether the number still holds, the latest first."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from guides.admin.kept import keeps_typed
from guides.models import Contact
from guides.publishing.errors import PublishingError
from guides.publishing.release import check
from guides.publishing.upkeep.ring_round import due_calls

OUTCOMES = {
    "answers": "{}: svarar. Numret visas som kontrollerat i dag.",
    "silent": "{}: svarar inte. Numret är dolt och reservvägen visas.",
}


def ring_round(request):
    """The list. By POST: `contact` and `outcome`, which hides a silent number at once."""
    if not request.user.has_perm("guides.change_contact"):
        raise PermissionDenied
    if request.method == "POST":
        contact = get_object_or_404(Contact, key=request.POST.get("contact", ""))
        outcome = request.POST.get("outcome", "")
        if not admin.site._registry[Contact].has_change_permission(request, contact):
            raise PermissionDenied
        if outcome in OUTCOMES:
            try:
                number = request.POST.get("number", "")[:20]
                check("contact", contact.key, outcome, request.user, reason="Ringrunda", number=number)
                messages.success(request, OUTCOMES[outcome].format(contact))
            except PublishingError as error:
                for text in error.messages:
                    messages.error(request, text)
        return HttpResponseRedirect(reverse("ring-round"))
    mine = admin.site._registry[Contact].get_queryset(request).in_bulk(field_name="key")
    calls = [(call, mine[call.key]) for call in due_calls() if call.key in mine]
    context = {"title": "Ringrunda", "calls": calls[:50], "more": max(0, len(calls) - 50)}
    return render(request, "admin/ring_round.html", admin.site.each_context(request) | context)


urlpatterns = [path("", keeps_typed(admin.site.admin_view(ring_round)), name="ring-round")]
