"""What every answer says to the browser, whoever made it: a page, a refusal, an error, a PDF."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing of what a browser can reach is used here.
PERMISSIONS = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
    "browsing-topics",
)  # fmt: skip
PERMISSIONS_POLICY = ", ".join(f"{feature}=()" for feature in PERMISSIONS)


class HeadersMiddleware:
    """Outermost, so that no answer is without them (ASVS 3.4, 14.3.2).

    ``no-store`` is what holds unless a view says otherwise: a page, its 403 or 404, a document
    and a calendar all tell of somebody. Django's own middleware adds ``nosniff``, the opener's
    policy and the referrer's: ``same-origin``, because under ``no-referrer`` browsers send
    "Origin: null" with a form, which the check against forgery must refuse.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add what the answer doesn't have."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
