"""This file knows the addresses of the exchange, and of what everybody can take."""

from django.urls import path

from forestall.web.exchange import received_views, views

urlpatterns = [
    path("exchange/", views.exchange, name="exchange"),
    path("exchange/plan/<int:number>/", views.share_plan, name="share-plan"),
    path("exchange/evaluation/<int:number>/", views.share_evaluation, name="share-evaluation"),
    path("exchange/files/<int:number>/", views.share_files, name="share-files"),
    path("exchange/shared/<int:number>/", views.shared, name="shared"),
    path("exchange/shared/<int:number>/sign/", views.shared_release, name="shared-release"),
    path("exchange/shared/<int:number>/withdraw/", views.shared_withdraw, name="shared-withdraw"),
    path("exchange/shared/<int:number>/bundle/", views.shared_file, name="shared-file"),
    path("exchange/receive/<int:number>/", received_views.receive, name="receive"),
    path("exchange/received/<int:number>/", received_views.received, name="received"),
    path(
        "exchange/received/<int:number>/accept/",
        received_views.received_accept,
        name="received-accept",
    ),
    path(
        "exchange/received/<int:number>/decline/",
        received_views.received_decline,
        name="received-decline",
    ),
    path(
        "exchange/received/<int:number>/plan/", received_views.received_plan, name="received-plan"
    ),
    path(
        "exchange/received/<int:number>/bundle/",
        received_views.received_bundle,
        name="received-file",
    ),
    path("exchange/keys/<int:number>/", received_views.keys, name="exchange-keys"),
    path("exchange/keys/<int:number>/make/", received_views.key_make, name="exchange-key-make"),
    path(
        "exchange/trusted/<int:number>/forget/",
        received_views.key_forget,
        name="exchange-key-forget",
    ),
    path("exchange/subscriptions/", received_views.subscriptions, name="subscriptions"),
    path(
        "exchange/subscriptions/<int:number>/fetch/",
        received_views.subscription_fetch,
        name="subscription-fetch",
    ),
    path(
        "exchange/subscriptions/<int:number>/remove/",
        received_views.subscription_remove,
        name="subscription-remove",
    ),
    path("bundles/<slug:city>/<str:name>", views.public_bundle, name="public-bundle"),
]
