"""The addresses of claims and of what is paid."""

from __future__ import annotations

from django.urls import path

from web.pages.claims import views

CLAIM = "claims/<uuid:claim>"

urlpatterns = [
    path("me/claims/", views.my_claims, name="claims"),
    path("me/claims/new/", views.new, name="claim_new"),
    path("claims/", views.office, name="claims_office"),
    path("claims/totals/", views.totals, name="claims_totals"),
    path("claims/terms/", views.terms, name="payment_terms"),
    path("claims/terms/new/", views.new_terms, name="payment_terms_new"),
    path(f"{CLAIM}/", views.claim, name="claim"),
    path(f"{CLAIM}/approve/", views.act_on_claim, {"act": "approve"}, name="claim_approve"),
    path(f"{CLAIM}/paid/", views.act_on_claim, {"act": "pay"}, name="claim_pay"),
    path(f"{CLAIM}/question/", views.act_on_claim, {"act": "question"}, name="claim_question"),
    path(f"{CLAIM}/decline/", views.act_on_claim, {"act": "decline"}, name="claim_decline"),
    path(f"{CLAIM}/answer/", views.act_on_claim, {"act": "answer"}, name="claim_answer"),
    path(f"{CLAIM}/take-back/", views.act_on_claim, {"act": "take_back"}, name="claim_take_back"),
]
