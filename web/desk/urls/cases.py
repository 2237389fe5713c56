"""A child's case: list, overview and what belongs to it."""

from django.urls import URLPattern, URLResolver, path

from web.desk.views import cases, families, leading

urlpatterns: list[URLPattern | URLResolver] = [
    path("barn/", cases.listing, name="cases"),
    path("barn/<uuid:case_id>/", cases.overview, name="case"),
    path("barn/<uuid:case_id>/handelser/", cases.events, name="events"),
    path("barn/<uuid:case_id>/personer/", cases.people, name="people"),
    path("barn/<uuid:case_id>/personer/vardnadshavare/", families.guardian_new, name="guardian_new"),
    path("barn/<uuid:case_id>/personer/nummer/", families.child_number, name="child_number"),
    path("barn/<uuid:case_id>/logg/", cases.log, name="log"),
    path("barn/<uuid:case_id>/oppna/", leading.open_content, name="open"),
    path("barn/<uuid:case_id>/tilldela/", leading.assign, name="assign"),
    path("barn/<uuid:case_id>/tilldela/<uuid:account_id>/ta-bort/", leading.unassign, name="unassign"),
]
