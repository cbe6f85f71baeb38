"""The addresses of the reference project: the pages, and the admin for accounts."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("admin/login/", RedirectView.as_view(pattern_name="sign_in", query_string=True)),  # one way in, with its second step
    path("admin/", admin.site.urls),
    path("", include("web.urls")),
]

handler400 = "web.pages.errors.views.bad_request"
handler403 = "web.pages.errors.views.forbidden"
handler404 = "web.pages.errors.views.not_found"
handler500 = "web.pages.errors.views.server_error"
