"""The addresses of the reference project: the pages, and the admin for accounts."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("web.urls")),
]

handler400 = "web.pages.errors.views.bad_request"
handler403 = "web.pages.errors.views.forbidden"
handler404 = "web.pages.errors.views.not_found"
handler500 = "web.pages.errors.views.server_error"
