"""Decision and consent."""

from django.urls import path

from web.desk.views import consents, decisions

urlpatterns = [
    path("barn/<uuid:case_id>/beslut/", decisions.decide, name="decision"),
    path("barn/<uuid:case_id>/avsluta/", decisions.close, name="close"),
    path("barn/<uuid:case_id>/samtycke/", consents.overview, name="consents"),
    path("barn/<uuid:case_id>/samtycke/nytt/", consents.ask, name="consent_ask"),
    path("barn/<uuid:case_id>/samtycke/<uuid:consent_id>/", consents.table, name="consent"),
    path("barn/<uuid:case_id>/samtycke/<uuid:consent_id>/mognad/", consents.maturity, name="maturity"),
    path(
        "barn/<uuid:case_id>/samtycke/<uuid:consent_id>/svar/<uuid:person_id>/",
        consents.note,
        name="consent_note",
    ),
    path(
        "barn/<uuid:case_id>/samtycke/<uuid:consent_id>/ta-tillbaka/<uuid:person_id>/",
        consents.withdraw,
        name="consent_withdraw",
    ),
]
