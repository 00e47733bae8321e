"""This file knows the addresses of readings of many replies."""

from django.urls import path

from forestall.web.secretariat import drafting_views, gathering_views, views

urlpatterns = [
    path("", views.readings, name="readings"),
    path("begin/", gathering_views.begin, name="reading-begin"),
    path("hand-over/<int:number>/", gathering_views.handed_over, name="return-hand-over"),
    path("<int:number>/", views.reading, name="reading"),
    path("<int:number>/asked/", gathering_views.asked, name="reading-asked"),
    path("<int:number>/receive/", gathering_views.receive, name="reading-receive"),
    path("<int:number>/replies/", gathering_views.replies, name="reading-replies"),
    path(
        "<int:number>/replies/<str:state>/remove/",
        gathering_views.reply_remove,
        name="reading-reply-remove",
    ),
    path("<int:number>/items/<str:item>/", views.item, name="reading-item"),
    path("<int:number>/themes/", views.themes, name="reading-themes"),
    path("<int:number>/themes/<str:theme>/", views.theme, name="reading-theme"),
    path("<int:number>/paragraphs/<path:paragraph>/", views.paragraph, name="reading-paragraph"),
    path("<int:number>/search/", views.search, name="reading-search"),
    path("<int:number>/draft/", drafting_views.draft, name="reading-draft"),
    path("<int:number>/draft/<str:chapter>/", drafting_views.chapter, name="reading-chapter"),
    path(
        "<int:number>/draft/<str:chapter>/versions/",
        drafting_views.versions,
        name="reading-chapter-versions",
    ),
    path("<int:number>/files/<str:form>/", drafting_views.draft_file, name="reading-draft-file"),
]
