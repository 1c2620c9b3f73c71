"""Which page does which line of step 1."""

from __future__ import annotations

from comeback.desk.screens import screen
from comeback.steps.s1_booking import line_forms

screen("1.1", line_forms.DecideForm)
screen("1.1/appoint", line_forms.AppointForm)
screen("1.2", line_forms.WordsForm)
screen("1.2/nature", line_forms.NatureForm)
screen("1.3", line_forms.ExpertForm)
screen("1.4", line_forms.DriveForm)
screen("book", line_forms.BookForm)
screen("reject", line_forms.RejectForm)
screen("rebook", line_forms.RebookForm)
