"""The administration's door, written out from the root. No address here names a child or a case."""

from django.urls import path

from web.administration import views

app_name = "administration"
urlpatterns = [
    path("administration/", views.overview, name="overview"),
    path("administration/enhet/<uuid:unit_id>/", views.unit_show, name="unit"),
    path("administration/enhet/<uuid:unit_id>/andra/", views.unit_edit, name="unit_edit"),
    path("administration/enhet/<uuid:unit_id>/ny-kollega/", views.colleague_new, name="colleague_new"),
    path("administration/enhet/<uuid:unit_id>/kollega/", views.colleague_known, name="colleague_known"),
    path("administration/roll/<uuid:membership_id>/avsluta/", views.membership_end, name="membership_end"),
    path("administration/kommunen/", views.municipality_edit, name="municipality_edit"),
    path("administration/roller/", views.roles_list, name="roles"),
    path("administration/roller/<str:role>/", views.role_holders, name="role_holders"),
]
