"""Forms of the lines of step 2."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comeback.cases.models import Case
from comeback.desk.forms import LineForm
from comeback.steps.s2_preparation.models import PartState
from comeback.steps.s2_preparation.ordering import customer_words, stamped_order
from comeback.steps.s2_preparation.queries import open_orders, parts_of_original

FREE_ROWS = 2  # empty rows for parts that the original order does not name


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CaseForm(LineForm):
    """The form of a line of a case."""

    subject: Case
    label: Any = ""


class ArrivalForm(CaseForm):
    """2.1"""

    label = gettext_lazy("Tell the manager")
    in_person = forms.BooleanField(label=gettext_lazy("I have also told him in person"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What he should know besides"), required=False, max_length=500, widget=_lines(2)
    )


class ReviewForm(CaseForm):
    """2.2"""

    label = gettext_lazy("Sign the review")
    original_read = forms.BooleanField(required=False)
    findings = forms.CharField(
        label=gettext_lazy("What I found in the file"),
        max_length=4000,
        widget=_lines(),
        error_messages={"required": gettext_lazy("Write in a sentence what you found in the file.")},
    )
    hypothesis = forms.CharField(
        label=gettext_lazy("What it may be"), required=False, max_length=2000, widget=_lines(2)
    )
    instruction = forms.CharField(
        label=gettext_lazy("Instruction to the technical expert"), required=False, max_length=2000, widget=_lines(2)
    )

    def prepare(self) -> None:
        order = self.subject.original_order
        if order is None:
            del self.fields["original_read"]
        else:
            self.fields["original_read"].label = _("I have read the original order %(number)s") % {
                "number": order.number
            }

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        read = given.pop("original_read", False)
        return given | {"original_read": self.subject.original_order_id if read else None}


class PartsForm(CaseForm):
    """2.3: a row for each part, those of the original order proposed."""

    label = gettext_lazy("Record the check")
    unknown = forms.BooleanField(label=gettext_lazy("Not known before the diagnosis"), required=False)
    reason = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=500)

    def prepare(self) -> None:
        proposed = self._proposed()
        self.proposed, self.count = len(proposed), len(proposed) + FREE_ROWS
        for place in range(self.count):
            initial = proposed[place] if place < len(proposed) else {}
            for name, field in _part_fields(initial).items():
                self.fields[f"part_{place}_{name}"] = field

    def _proposed(self) -> list[dict[str, Any]]:
        latest = self.subject.parts_checks.order_by("-pk").first()
        if latest:
            names = ("code", "name", "quantity", "state", "purchase_no", "due_on")
            return list(latest.parts.order_by("pk").values(*names))
        return [
            {"code": line.code, "name": line.description, "quantity": line.quantity}
            for line in parts_of_original(self.subject)
        ]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Bound fields by row and name, for the template."""
        names = ("code", "name", "quantity", "state", "purchase_no", "due_on")
        return [{name: self[f"part_{place}_{name}"] for name in names} for place in range(self.count)]

    def arguments(self) -> dict[str, Any]:
        parts = [part for place in range(self.count) if (part := self._part(place))]
        return {
            "parts": [] if self.cleaned_data["unknown"] else parts,
            "unknown": self.cleaned_data["unknown"],
            "reason": self.cleaned_data["reason"],
        }

    def _part(self, place: int) -> dict[str, Any]:
        given = {name: self.cleaned_data.get(f"part_{place}_{name}") for name in _part_fields({})}
        named = given["code"] or given["name"]
        if not given["state"] and (place < self.proposed or not named):
            return {}
        return {name: value for name, value in given.items() if value not in (None, "")}


def _part_fields(initial: dict[str, Any]) -> dict[str, forms.Field]:
    states = [("", _("not needed")), *PartState.choices]
    return {
        "code": forms.CharField(label=_("Part number"), required=False, max_length=60, initial=initial.get("code")),
        "name": forms.CharField(label=_("Part"), required=False, max_length=300, initial=initial.get("name")),
        "quantity": forms.DecimalField(
            label=_("Quantity"),
            required=False,
            min_value=0,
            max_digits=10,
            decimal_places=2,
            initial=(initial.get("quantity") or 1),
            localize=True,
        ),
        "state": forms.ChoiceField(
            label=_("Where it is"), required=False, choices=states, initial=initial.get("state")
        ),
        "purchase_no": forms.CharField(
            label=_("Ordered under"), required=False, max_length=60, initial=initial.get("purchase_no")
        ),
        "due_on": forms.DateField(label=_("Due on"), required=False, initial=initial.get("due_on")),
    }


class OrderForm(CaseForm):
    """2.4: the order is opened and carries the stamp by itself; there is nothing to tick."""

    label = gettext_lazy("Open and stamp the order")
    number = forms.CharField(
        label=gettext_lazy("Number in the dealer's system"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Left empty, the next number of this site is taken."),
    )

    def prepare(self) -> None:
        orders = [order for order in open_orders(self.subject) if not hasattr(order, "stamp")]
        choices = [(str(order.pk), _("%(number)s, already open") % {"number": order.number}) for order in orders]
        if choices:
            self.fields["order_id"] = forms.TypedChoiceField(
                label=_("Repair order"),
                choices=[("0", _("A new order")), *choices],
                initial="0",
                coerce=int,
                widget=forms.RadioSelect,
            )
        words = customer_words(self.subject)
        self.complaint_names = [f"complaint_{place}" for place in range(len(words) + 1)]
        for place, name in enumerate(self.complaint_names):
            self.fields[name] = forms.CharField(
                label=_("Concern %(number)s, in the customer's words") % {"number": place + 1},
                required=False,
                max_length=4000,
                widget=_lines(2),
                initial=words[place] if place < len(words) else "",
            )

    def arguments(self) -> dict[str, Any]:
        given = self.cleaned_data
        complaints = [text for name in self.complaint_names if (text := given.get(name, "").strip())]
        return {"number": given["number"], "order_id": given.get("order_id") or None, "complaints": complaints}


class PrintAgainForm(CaseForm):
    """2.4/print"""

    label = gettext_lazy("Print anew")

    def prepare(self) -> None:
        self.order = stamped_order(self.subject)
