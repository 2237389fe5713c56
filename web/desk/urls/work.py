"""Own work, the unit's inbox, noticing."""

from django.urls import URLPattern, URLResolver, path

from web.desk.views import (
    advice,
    circle,
    drafts,
    emergency,
    handovers,
    inbox,
    process,
    signals,
    unnamed,
    work,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("mitt-arbete/", work.my_work, name="work"),
    path("enheten/", inbox.unit, name="unit"),
    path("enheten/signal/<uuid:signal_id>/ta/", inbox.take, name="take_signal"),
    path("enheten/signal/<uuid:signal_id>/till/<uuid:case_id>/", inbox.join, name="join_signal"),
    path("enheten/inbjudan/<uuid:invitation_id>/ta/", inbox.accept, name="take_invitation"),
    path("enheten/lamna-over/<uuid:handover_id>/", handovers.answer, name="handover"),
    path("enheten/utse/", circle.naming, name="naming"),
    path("nodoppning/", emergency.start, name="emergency"),
    path("nodoppning/losenord/", emergency.confirm, name="emergency_confirm"),
    path("nodoppning/avsluta/", emergency.end, name="emergency_end"),
    path("nodoppning/granska/", emergency.reviews, name="emergency_reviews"),
    path("nodoppning/granska/<uuid:emergency_id>/", emergency.review, name="emergency_review"),
    path("uppmarksamma/", signals.start, name="notice"),
    path("uppmarksamma/far-illa/", signals.stop, name="notice_stop"),
    path("uppmarksamma/kasta/", signals.discard, name="notice_discard"),
    path("uppmarksamma/kontrollera/", signals.check, name="notice_check"),
    path("uppmarksamma/klart/<uuid:signal_id>/", signals.done, name="notice_done"),
    path("uppmarksamma/<slug:step>/", signals.step, name="notice_step"),
    path("signal/<uuid:signal_id>/", signals.signal, name="signal"),
    path("fraga-utan-namn/", unnamed.ask, name="unnamed_ask"),
    path("fraga-utan-namn/mina/", unnamed.own, name="unnamed_own"),
    path("fraga-utan-namn/<uuid:question_id>/", unnamed.question, name="unnamed"),
    path("sa-gar-det-till/", process.how_it_works, name="process"),
    path("vad-far-jag-dela/", advice.what_may_i_share, name="advice"),
    path("utkast/", drafts.save, name="draft"),
]
