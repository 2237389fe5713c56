"""The doors. Each writes its Swedish addresses out from the root."""

from django.urls import include, path

from web.public import health

urlpatterns = [
    # Asked by machines: no actor, no session.
    path("healthz", health.healthz),
    path("healthz/", health.healthz),
    path("", include("web.public.urls")),
    path("", include("web.desk.urls")),
    path("", include("web.family.urls")),
    path("", include("web.steering.urls")),
    path("", include("web.administration.urls")),
]
