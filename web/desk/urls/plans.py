"""Plan, follow-up, meetings and feedback."""

from django.urls import path

from web.desk.views import feedback, follow_ups, meetings, plans

_MEETING = "barn/<uuid:case_id>/mote/<uuid:meeting_id>"

urlpatterns = [
    path("barn/<uuid:case_id>/plan/", plans.show, name="plan"),
    path("barn/<uuid:case_id>/plan/ny/", plans.start, name="plan_start"),
    path("barn/<uuid:case_id>/plan/sett/", plans.looked_over, name="plan_looked_over"),
    path("barn/<uuid:case_id>/plan/redigera/", plans.edit, name="plan_edit"),
    path("barn/<uuid:case_id>/plan/folj-upp/", follow_ups.follow_up, name="follow_up"),
    path("barn/<uuid:case_id>/plan/<uuid:version_id>/", plans.version, name="plan_version"),
    path("barn/<uuid:case_id>/plan/<uuid:version_id>/kasta/", plans.discard, name="plan_discard"),
    path("barn/<uuid:case_id>/plan/<uuid:version_id>/foresla/", plans.propose, name="plan_propose"),
    path("barn/<uuid:case_id>/plan/<uuid:version_id>/svar/", plans.reply, name="plan_reply"),
    path("barn/<uuid:case_id>/plan/<uuid:version_id>/faststall/", plans.agree, name="plan_agree"),
    path("barn/<uuid:case_id>/plan/insats/<uuid:insats_id>/", plans.status, name="plan_status"),
    path("barn/<uuid:case_id>/aterkoppling/<uuid:signal_id>/", feedback.give, name="feedback"),
    path("barn/<uuid:case_id>/mote/nytt/", meetings.arrange, name="meeting_new"),
    path(f"{_MEETING}/", meetings.show, name="meeting"),
    path(f"{_MEETING}/andra/", meetings.change, name="meeting_change"),
    path(f"{_MEETING}/genomfort/", meetings.held, name="meeting_held"),
    path(f"{_MEETING}/stall-in/", meetings.cancel, name="meeting_cancel"),
]
