"""The public door's addresses. Everything here opens without signing in, unless it says so."""

from django.conf import settings
from django.urls import path

from web.public import pages, passwords, views

app_name = "public"
urlpatterns = [
    path("", views.start, name="start"),
    path("logga-in/", views.sign_in, name="sign_in"),
    path("logga-ut/", views.sign_out, name="sign_out"),
    path("stanna-kvar/", views.stay, name="stay"),
    path("stanna-kvar/hur-lange/", views.session_left, name="session_left"),
    path("byt-losenord/", passwords.change, name="change_password"),
    path("byt-enhet/", views.choose_workplace, name="choose_workplace"),
    path("demo/", views.personas_list, name="personas"),
    path("be-om-atkomst/", pages.ask_access, name="ask_access"),
    path("tillganglighet/", pages.accessibility, name="accessibility"),
    path("personuppgifter/", pages.personal_data, name="personal_data"),
    path("hjalp/", pages.help_page, name="help"),
]
if settings.DEBUG:
    urlpatterns.append(path("komponenter/", pages.components, name="components"))
