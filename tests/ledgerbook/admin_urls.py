"""Django's admin and nothing else, for tests of what it shows."""

from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
