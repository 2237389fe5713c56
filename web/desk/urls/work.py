"""Own work, the unit's inbox, noticing."""

from django.urls import URLPattern, URLResolver, path

from web.desk.views import drafts, inbox, signals, work

urlpatterns: list[URLPattern | URLResolver] = [
    path("mitt-arbete/", work.my_work, name="work"),
    path("enheten/", inbox.unit, name="unit"),
    path("enheten/signal/<uuid:signal_id>/ta/", inbox.take, name="take_signal"),
    path("enheten/signal/<uuid:signal_id>/till/<uuid:case_id>/", inbox.join, name="join_signal"),
    path("enheten/inbjudan/<uuid:invitation_id>/ta/", inbox.accept, name="take_invitation"),
    path("uppmarksamma/", signals.start, name="notice"),
    path("uppmarksamma/far-illa/", signals.stop, name="notice_stop"),
    path("uppmarksamma/kasta/", signals.discard, name="notice_discard"),
    path("uppmarksamma/kontrollera/", signals.check, name="notice_check"),
    path("uppmarksamma/klart/<uuid:signal_id>/", signals.done, name="notice_done"),
    path("uppmarksamma/<slug:step>/", signals.step, name="notice_step"),
    path("signal/<uuid:signal_id>/", signals.signal, name="signal"),
    path("utkast/", drafts.save, name="draft"),
]
