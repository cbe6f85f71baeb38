"""The addresses of the people of a case: who sits, who is asked, and what each does about their own seat."""

from __future__ import annotations

from django.urls import URLPattern, path

from web.pages.people import own_views as own
from web.pages.people import views
from web.pages.people.office_views import offices

CASE = "cases/<str:ods>/<str:reference>/people/"

urlpatterns: list[URLPattern] = [
    path(CASE, views.people, name="people"),
    path(CASE + "ask/<str:role>/", views.assign, name="seat_assign"),
    path(CASE + "offices/", offices, name="offices"),
    path(CASE + "ties/", views.connection, name="connection"),
    path(CASE + "<uuid:seat>/take-back/", views.withdraw_offer, name="seat_withdraw_offer"),
    path(CASE + "<uuid:seat>/end/", views.end, name="seat_end"),
    # One's own seat
    path(CASE + "<uuid:seat>/answer/", own.answer, name="seat_answer"),
    path(CASE + "<uuid:seat>/declare/", own.declare, name="seat_declare"),
    path(CASE + "<uuid:seat>/leave/", own.leave, name="seat_leave"),
    path(CASE + "<uuid:seat>/answered/", own.answered, name="seat_answered"),
]
