"""The desk door's addresses, written out from the root."""

from django.urls import URLPattern, URLResolver

from web.desk.urls import cases, consents, entries, plans, work

app_name = "desk"
urlpatterns: list[URLPattern | URLResolver] = [
    *work.urlpatterns,
    *cases.urlpatterns,
    *entries.urlpatterns,
    *consents.urlpatterns,
    *plans.urlpatterns,
]
