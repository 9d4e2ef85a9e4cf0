"""Staff addresses that belong to no model."""

from django.contrib import admin
from django.urls import path

from guides.admin import text_field

app_name = "desk"
urlpatterns = [
    path("text/vaken/", admin.site.admin_view(text_field.alive), name="alive"),
    path("text/visa/", admin.site.admin_view(text_field.shown), name="text-shown"),
    path("text/valj/", admin.site.admin_view(text_field.choices), name="text-choices"),
]
