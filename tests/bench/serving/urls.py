"""The addresses of the project, and two that do nothing, to measure what a page costs beyond what Django costs anyway."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(request: HttpRequest) -> HttpResponse:
    """An empty answer behind all middleware; the session is read, the visitor is not."""
    return HttpResponse(b"")


def nothing_for_somebody(request: HttpRequest) -> HttpResponse:
    """An empty answer to a visitor who is known: the account behind the session is read, as on any page for somebody."""
    return HttpResponse(b"" if request.user.is_authenticated else b"Nobody is signed in.")


urlpatterns = [
    path("nothing/", nothing, name="nothing"),
    path("nothing/for-somebody/", nothing_for_somebody, name="nothing_for_somebody"),
    path("", include("config.urls")),
]
