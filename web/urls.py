"""The addresses of the pages. Each subject keeps its own in a `urls.py` beside its views."""

from __future__ import annotations

from django.urls import include, path

from web.pages.home import views as home
from web.pages.signin import code_views as codes
from web.pages.signin import password_views as passwords
from web.pages.signin import views as signin

urlpatterns = [
    path("", home.home, name="home"),
    # Signing in and out
    path("sign-in/", signin.sign_in, name="sign_in"),
    path("sign-in/as/", signin.sign_in_as, name="sign_in_as"),
    path("sign-in/code/", codes.code, name="sign_in_code"),
    path("sign-in/code/send/", codes.send_again, name="sign_in_send"),
    path("sign-in/app/", codes.app, name="sign_in_app"),
    path("sign-in/password/", passwords.ask, name="password_ask"),
    path("sign-in/password/<str:account>/<str:token>/", passwords.choose, name="password_choose"),
    path("still-here/", codes.still_here, name="still_here"),
    path("sign-out/", signin.sign_out, name="sign_out"),
    path("", include("web.pages.notices.urls")),
    path("", include("web.pages.operations.urls")),
    # Cases
    path("", include("web.pages.cases.urls")),
    path("", include("web.pages.record.urls")),
    path("", include("web.pages.exports.urls")),
    path("", include("web.pages.evidence.urls")),
    path("", include("web.pages.processes.urls")),
    path("", include("web.pages.report.urls")),
    path("", include("web.pages.people.urls")),
    path("", include("web.pages.directory.urls")),
    path("", include("web.pages.standins.urls")),
    path("", include("web.pages.twokeys.urls")),
    path("", include("web.pages.reminders.urls")),
    path("", include("web.pages.typed.urls")),
    path("", include("web.pages.papers.urls")),
    path("", include("web.pages.plain.urls")),
    path("", include("web.pages.withheld.urls")),
    path("", include("web.pages.stages.urls")),
    path("", include("web.pages.actions.urls")),
    path("", include("web.pages.training.urls")),
    path("", include("web.pages.me.urls")),
    path("", include("web.pages.claims.urls")),
    path("", include("web.pages.matters.urls")),
    path("", include("web.pages.words.urls")),
    path("", include("web.pages.groups.urls")),
    path("", include("web.pages.ambition.urls")),
    path("", include("web.pages.experience.urls")),
    path("", include("web.pages.profile.urls")),
    path("", include("web.pages.emergency.urls")),
    path("", include("web.pages.sharing.urls")),
    path("", include("web.pages.information.urls")),
    path("", include("web.pages.retention.urls")),
    path("", include("web.pages.projects.urls")),
]
