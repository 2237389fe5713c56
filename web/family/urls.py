"""The family door's addresses, written out from the root."""

from django.urls import path

from web.family.views import consents, documents, notes, overview, plan, reading

app_name = "family"
CHILD = "familj/<uuid:child_id>/"
CONSENT = CHILD + "samtycke/<uuid:consent_id>/"
urlpatterns = [
    path("familj/", overview.choose, name="choose"),
    path(CHILD, overview.show, name="overview"),
    path(CHILD + "anteckningar/", notes.listing, name="notes"),
    path(CHILD + "anteckningar/<uuid:version_id>/", notes.one, name="note"),
    path(CHILD + "samtycke/", consents.listing, name="consents"),
    path(CONSENT, consents.answer, name="consent"),
    path(CONSENT + "svarat/", consents.answered, name="consent_answered"),
    path(CONSENT + "ta-tillbaka/", consents.withdraw, name="consent_withdraw"),
    path(CONSENT + "tillbakataget/", consents.withdrawn, name="consent_withdrawn"),
    path(CHILD + "plan/<uuid:version_id>/svar/", plan.reply, name="plan_reply"),
    path(CHILD + "varfor/", reading.why_not, name="why"),
    path(CHILD + "vem-har-last/", reading.listing, name="readings"),
    path(CHILD + "vem-har-last/spara/", reading.save, name="readings_save"),
    path(CHILD + "dokument/", documents.listing, name="documents"),
    path(CHILD + "dokument/<uuid:document_id>/", documents.download, name="document"),
]
