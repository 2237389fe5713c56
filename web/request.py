"""The request as views get it; the class stands where the middleware that makes it true does."""

from access.request import Request

__all__ = ["Request"]
