"""The administration's door, written out from the root. No address here names a child or a case."""

from django.urls import path

from web.administration import views
from web.administration.appointments import views as appointments
from web.administration.breaks import views as breaks
from web.administration.deadlines import views as deadlines
from web.administration.expectations import views as expectations
from web.administration.law import views as law
from web.administration.reviews import views as reviews
from web.administration.wheel import views as wheel

app_name = "administration"
urlpatterns = [
    path("administration/", views.overview, name="overview"),
    path("administration/enhet/<uuid:unit_id>/", views.unit_show, name="unit"),
    path("administration/enhet/<uuid:unit_id>/andra/", views.unit_edit, name="unit_edit"),
    path("administration/enhet/<uuid:unit_id>/ny-kollega/", views.colleague_new, name="colleague_new"),
    path("administration/enhet/<uuid:unit_id>/kollega/", views.colleague_known, name="colleague_known"),
    path("administration/roll/<uuid:membership_id>/avsluta/", views.membership_end, name="membership_end"),
    path("administration/kommunen/", views.municipality_edit, name="municipality_edit"),
    path("administration/vem-gor-vad/", expectations.overview, name="expectations"),
    path("administration/vem-gor-vad/<str:at>/<str:party>/", expectations.change, name="expectation"),
    path("administration/lov/", breaks.overview, name="breaks"),
    path("administration/lov/<uuid:break_id>/ta-bort/", breaks.remove, name="break_remove"),
    path("administration/tidsgranser/", deadlines.overview, name="deadlines"),
    path("administration/tidsgranser/<str:deadline>/", deadlines.change, name="deadline"),
    path("administration/hjulet/", wheel.overview, name="wheel"),
    path("administration/hjulet/nya-ord/", wheel.word, name="wheel_new"),
    path("administration/roller/", views.roles_list, name="roles"),
    path("administration/roller/<str:role>/", views.role_holders, name="role_holders"),
    path("nya-roller/", appointments.overview, name="appointments"),
    path("nya-roller/<uuid:appointment_id>/", appointments.show, name="appointment"),
    path("lagstod/", law.overview, name="law"),
    path("lagstod/<str:code>/", law.show, name="law_ground"),
    path("lagstod/<str:code>/ny/", law.propose, name="law_propose"),
    path("lagstod/<str:code>/<int:no>/", law.judge, name="law_version"),
    path("granskning/", reviews.overview, name="reviews"),
    path("granskning/<uuid:review_id>/", reviews.show, name="review"),
    path("granskning/<uuid:review_id>/signera/", reviews.sign, name="review_sign"),
    path("granskning/<uuid:review_id>/fil/", reviews.download, name="review_file"),
    path("granskning/<uuid:review_id>/<uuid:access_id>/", reviews.access, name="review_access"),
]
