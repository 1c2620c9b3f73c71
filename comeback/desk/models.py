"""Keys by which a system speaks for a person at the API; the invented people of the demo."""

from __future__ import annotations

from django.db import models


class ApiToken(models.Model):
    """A token of a person (or of a system that has a person's account). Only its digest is kept."""

    person = models.ForeignKey("registers.Person", models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class DemoPerson(models.Model):
    """An invented person whom the demo's sign-in page offers with one click.

    Rows are made by `comeback demo` alone, which loads into an empty database only: no setting and no page makes one,
    so real people can never be signed in this way, and a restored backup brings its own answer along.
    """

    person = models.OneToOneField("registers.Person", models.CASCADE, related_name="+")
