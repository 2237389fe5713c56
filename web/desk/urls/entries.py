"""Notes, wheels and who sees what."""

from django.urls import URLPattern, URLResolver, path

from web.desk.views import entries, sharing, wheels

_ENTRY = "barn/<uuid:case_id>/anteckning/<uuid:entry_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("barn/<uuid:case_id>/anteckning/ny/", entries.write, name="entry_new"),
    path("barn/<uuid:case_id>/anteckning/lasare/", entries.readers, name="entry_readers"),
    path(f"{_ENTRY}/", entries.show, name="entry"),
    path(f"{_ENTRY}/ratta/", entries.correct, name="entry_correct"),
    path(f"{_ENTRY}/dela/", sharing.share, name="share"),
    path(f"{_ENTRY}/dela/<uuid:disclosure_id>/sluta/", sharing.stop, name="share_stop"),
    path("barn/<uuid:case_id>/hjul/", wheels.show, name="wheels"),
    path("barn/<uuid:case_id>/hjul/nytt/", wheels.write, name="wheel_new"),
    path("barn/<uuid:case_id>/hjul/nytt/bild/", wheels.picture, name="wheel_picture"),
    path("barn/<uuid:case_id>/vem-ser-vad/", sharing.who_sees_what, name="who_sees_what"),
]
