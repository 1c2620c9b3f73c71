"""Sentences of the messages that step 4 sends."""

from django.utils.translation import gettext_lazy as _

from comeback.cases.messages import word

word("mechanic_assigned", _("%(case)s, %(car)s: the work is given to you."))
word("work_found", _("%(case)s, %(car)s: the cause is found."))
word("work_delayed", _("%(case)s, %(car)s: it is delayed, ready on %(expected)s."))
word("work_extra_work", _("%(case)s, %(car)s: extra work or cost."))
word("work_not_reproduced", _("%(case)s, %(car)s: the fault is not reproduced."))
word("work_done", _("%(case)s, %(car)s: the work is done."))
