"""The primary key that every own table uses."""

import uuid

from django.db import models


class Identified(models.Model):
    """A row whose UUID is made here, not by the database.

    ``RETURNING`` on a table that its writer may not read fails under
    row-level security, so the writer must know the key beforehand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
