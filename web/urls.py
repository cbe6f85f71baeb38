"""The addresses of the pages. Each subject adds its own lines."""

from __future__ import annotations

from django.urls import path

from web.pages.home import views as home
from web.pages.signin import views as signin

urlpatterns = [
    path("", home.home, name="home"),
    # Signing in and out
    path("sign-in/", signin.sign_in, name="sign_in"),
    path("sign-in/as/", signin.sign_in_as, name="sign_in_as"),
    path("sign-out/", signin.sign_out, name="sign_out"),
]
