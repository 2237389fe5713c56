"""The family door's addresses, written out from the root."""

from django.urls import URLPattern, URLResolver

app_name = "family"
urlpatterns: list[URLPattern | URLResolver] = []
