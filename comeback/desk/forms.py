"""The form of one line: it parses what was typed into the arguments of the action, and takes refusals back."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise

from comeback.cases.acting import Actor, functions_at
from comeback.cases.commands import Subject
from comeback.cases.models import Case
from comeback.desk.acting import sees_customers
from comeback.method.refusal import Refused


class LineForm(forms.Form):
    """Base of every line's form. `arguments()` gives the action's keyword arguments.

    Moments are typed and shown in site time: the view activates the site's zone.
    """

    key = forms.CharField(widget=forms.HiddenInput, max_length=100)
    label: str | Promise = ""  # of the main button; a verb
    fields: dict[str, Any]  # each form knows the kinds of its own fields
    subject: Any  # and of which kind its subject is

    def __init__(self, *args: Any, subject: Subject, actor: Actor, now: datetime, **kwargs: Any) -> None:
        self.subject, self.actor, self.now = subject, actor, now
        self.refusal: Refused | None = None
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4().hex
        self.prepare()

    @property
    def customer_name(self) -> str:
        """The customer's name, to propose in a field; empty for whoever may not see it."""
        case = self.subject if isinstance(self.subject, Case) else None
        held = functions_at(self.actor, self.subject.site, self.now, case)
        return self.subject.customer.name if self.subject.customer and sees_customers(held) else ""

    def prepare(self) -> None:
        """Fill choices and initial values from the subject; rooms override it."""

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of the action: the cleaned data without the key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}

    def take_refusal(self, refusal: Refused) -> None:
        """Show a refusal where it belongs: at its field, or on top of the page. What was typed stays."""
        self.refusal = refusal
        for item in refusal.missing:
            if item.field and item.field in self.fields:
                self.add_error(item.field, str(item.text))


class NoFields(LineForm):
    """One press is enough."""


def local_now(now: datetime) -> str:
    """A moment as `datetime-local` inputs want it, in site time."""
    return timezone.localtime(now).strftime("%Y-%m-%dT%H:%M")


class MomentField(forms.DateTimeField):
    """A site-time moment typed into a datetime-local input; gives an aware datetime."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
