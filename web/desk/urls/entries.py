"""Notes, wheels and who sees what."""

from django.urls import URLPattern, URLResolver, path

from web.desk.views import entries, grounds, journal, kept, sharing, wheels

_ENTRY = "barn/<uuid:case_id>/anteckning/<uuid:entry_id>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("barn/<uuid:case_id>/anteckning/ny/", entries.write, name="entry_new"),
    path("barn/<uuid:case_id>/anteckning/lasare/", entries.readers, name="entry_readers"),
    path(f"{_ENTRY}/", entries.show, name="entry"),
    path(f"{_ENTRY}/ratta/", entries.correct, name="entry_correct"),
    path(f"{_ENTRY}/journal/", journal.copy, name="journal"),
    path(f"{_ENTRY}/dela/", sharing.share, name="share"),
    path(f"{_ENTRY}/dela/<uuid:disclosure_id>/sluta/", sharing.stop, name="share_stop"),
    path(f"{_ENTRY}/lagstod/", grounds.choose_unit, name="ground_unit"),
    path(f"{_ENTRY}/lagstod/<uuid:unit_id>/", grounds.show_on_ground, name="ground"),
    path(f"{_ENTRY}/menprovningar/", grounds.tests_of_harm, name="harm_tests"),
    path("barn/<uuid:case_id>/skriv-under/<uuid:disclosure_id>/", grounds.sign, name="sign"),
    path(f"{_ENTRY}/dolj/", kept.hide, name="hide"),
    path(f"{_ENTRY}/dolj/<uuid:hiding_id>/", kept.review, name="hiding"),
    path(f"{_ENTRY}/dolj/<uuid:hiding_id>/sluta/", kept.lift, name="hiding_lift"),
    path("barn/<uuid:case_id>/orosanmalan/", kept.concerns, name="concerns"),
    path("barn/<uuid:case_id>/orosanmalan/ny/", kept.concern_new, name="concern_new"),
    path("barn/<uuid:case_id>/orosanmalan/<uuid:note_id>/", kept.concern_correct, name="concern"),
    path("barn/<uuid:case_id>/hjul/", wheels.show, name="wheels"),
    path("barn/<uuid:case_id>/hjul/jamfor/", wheels.compare, name="wheel_compare"),
    path("barn/<uuid:case_id>/hjul/nytt/", wheels.write, name="wheel_new"),
    path("barn/<uuid:case_id>/hjul/nytt/bild/", wheels.picture, name="wheel_picture"),
    path("barn/<uuid:case_id>/vem-ser-vad/", sharing.who_sees_what, name="who_sees_what"),
]
