"""Staff addresses that belong to no model."""

from django.contrib import admin
from django.urls import path

from guides.admin import due_list, link_list, start, text_field

app_name = "desk"
urlpatterns = [
    path("", admin.site.admin_view(start.start), name="start"),
    path("fraga/<int:pk>/tittat/", admin.site.admin_view(start.looked), name="looked"),
    path("lankar/", admin.site.admin_view(link_list.link_list), name="links"),
    path("granskas/", admin.site.admin_view(due_list.due_list), name="due"),
    path("granskas/granskas.csv", admin.site.admin_view(due_list.file), name="due-file"),
    path("text/vaken/", admin.site.admin_view(text_field.alive), name="alive"),
    path("text/visa/", admin.site.admin_view(text_field.shown), name="text-shown"),
    path("text/valj/", admin.site.admin_view(text_field.choices), name="text-choices"),
]
