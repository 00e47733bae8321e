"""This file knows the addresses of technical assistance."""

from django.urls import path

from forestall.web.assistance import proposal_views, round_views, views

_ONE = "proposals/<int:number>"

urlpatterns = [
    path("", views.assistance, name="assistance"),
    path("needs/add/", views.need_add, name="assistance-need-add"),
    path("needs/<int:number>/change/", views.need_edit, name="assistance-need-edit"),
    path("needs/<int:number>/withdraw/", views.need_withdraw, name="assistance-need-withdraw"),
    path("needs/<slug:key>/", views.need, name="assistance-need"),
    path("offers/add/", views.offer_add, name="assistance-offer-add"),
    path("offers/<int:number>/change/", views.offer_edit, name="assistance-offer-edit"),
    path("offers/<int:number>/withdraw/", views.offer_withdraw, name="assistance-offer-withdraw"),
    path("offers/<slug:key>/", views.offer, name="assistance-offer"),
    path("replies/<int:number>/", views.drawn, name="assistance-drawn"),
    path("rounds/", round_views.rounds, name="assistance-rounds"),
    path("rounds/start/", round_views.round_start, name="assistance-round-start"),
    path("rounds/<int:which>/", round_views.round_shown, name="assistance-round"),
    path("results/", round_views.results, name="assistance-results"),
    path("files/", round_views.file_bring, name="assistance-bring"),
    path("files/<slug:form>.json", round_views.file, name="assistance-file"),
    path("proposals/", proposal_views.proposals, name="assistance-proposals"),
    path(f"{_ONE}/", proposal_views.proposal, name="assistance-proposal"),
    path(f"{_ONE}/answer/", proposal_views.answer, name="assistance-answer"),
    path(f"{_ONE}/withdraw/", proposal_views.withdraw, name="assistance-proposal-withdraw"),
    path(f"{_ONE}/mission/", proposal_views.mission_begin, name="assistance-mission-begin"),
    path(f"{_ONE}/plan/", proposal_views.follow_up_plan, name="assistance-follow-up-plan"),
    path(f"{_ONE}/follow-up/", proposal_views.follow_up_hold, name="assistance-follow-up-hold"),
    path(f"{_ONE}/end/", proposal_views.mission_end, name="assistance-mission-end"),
    path(f"{_ONE}/result/", proposal_views.mission_result, name="assistance-mission-result"),
]
