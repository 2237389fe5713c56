"""The steering group's door, written out from the root."""

from django.urls import path

from web.steering import views

app_name = "steering"
urlpatterns = [path("styrgrupp/", views.figures_show, name="figures")]
