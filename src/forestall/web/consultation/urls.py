"""This file knows the addresses of consultations: for everybody, and for who moderates."""

from django.urls import path

from forestall.web.consultation import public_views, views

urlpatterns = [
    path("consultations/", views.consultations, name="consultations"),
    path("consultations/<int:number>/", views.consultation, name="consultation"),
    path("consultations/open/<int:number>/", views.consultation_open, name="consultation-open"),
    path("consultations/<int:number>/close/", views.consultation_close, name="consultation-close"),
    path(
        "consultations/<int:number>/record/", views.consultation_record, name="consultation-record"
    ),
    path("consultations/comments/<int:number>/", views.comment, name="comment"),
    path("consultations/comments/<int:number>/show/", views.comment_show, name="comment-show"),
    path(
        "consultations/comments/<int:number>/withhold/",
        views.comment_withhold,
        name="comment-withhold",
    ),
    path("consultations/comments/<int:number>/reply/", views.comment_reply, name="comment-reply"),
    path("take-part/", public_views.take_part_list, name="take-part-list"),
    path("take-part/<slug:slug>/", public_views.take_part, name="take-part"),
    path("take-part/<slug:slug>/thanks/", public_views.take_part_thanks, name="take-part-thanks"),
    path(
        "take-part/<slug:slug>/changes/<int:revision>/",
        public_views.take_part_changes,
        name="take-part-changes",
    ),
    path("take-part/<slug:slug>/on/<path:where>/", public_views.take_part_on, name="take-part-on"),
]
