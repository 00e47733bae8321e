"""This file knows the addresses of national replies."""

from django.urls import path

from forestall.web.returns import beside_views, edit_views, hand_over_views, paper_views, views

urlpatterns = [
    path("", views.returns, name="returns"),
    path("begin/", edit_views.begin, name="return-begin"),
    path(
        "forms/<str:questionnaire>/<int:version>/<str:form>/",
        paper_views.empty_form,
        name="return-form",
    ),
    path(
        "duplicates/<str:questionnaire>/<int:version>/",
        paper_views.duplicates,
        name="return-duplicates",
    ),
    path("<int:number>/", views.one_return, name="return"),
    path("<int:number>/sections/<str:section>/", views.section, name="return-section"),
    path("<int:number>/sections/<str:section>/assign/", edit_views.assign, name="return-assign"),
    path("<int:number>/answers/<str:item>/", edit_views.answer, name="return-answer"),
    path("<int:number>/answers/<str:item>/beside/", beside_views.beside, name="return-beside"),
    path("<int:number>/evidence/<int:piece>/", beside_views.evidence_file, name="return-evidence"),
    path("<int:number>/versions/", beside_views.versions, name="return-versions"),
    path("<int:number>/files/<str:form>/", views.leaving, name="return-file"),
    path("<int:number>/working-copy/<str:form>/", views.working_copy, name="return-working-copy"),
    path("<int:number>/fill/", hand_over_views.fill, name="return-fill"),
    path("<int:number>/filled/", hand_over_views.filled, name="return-filled"),
    path("<int:number>/proposals/", hand_over_views.proposals, name="return-proposals"),
    path("<int:number>/sign/", hand_over_views.sign, name="return-sign"),
    path("<int:number>/submit/", hand_over_views.submit, name="return-submit"),
]
