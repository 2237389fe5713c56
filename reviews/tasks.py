"""What beat starts: the month's reviews, and the mails about those that wait."""

from __future__ import annotations

import structlog
from celery import shared_task

from reviews import services

logger = structlog.get_logger(__name__)


@shared_task(ignore_result=True)
def make() -> None:
    """Make last month's reviews where there are none, and remind of those that wait. Each day,
    so that a first of the month without a worker is made up for."""
    logger.info("reviews_made", count=services.make_reviews())
    logger.info("reviews_reminded", count=services.remind())
