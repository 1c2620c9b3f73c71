"""What can be done in step 5: check the quality, confirm the delivery, enter the register row, define measures."""

from comeback.steps.s5_quality.actions.checking import inspect
from comeback.steps.s5_quality.actions.confirming import confirm_delivery
from comeback.steps.s5_quality.actions.registering import define_measure, register_case

__all__ = ["confirm_delivery", "define_measure", "inspect", "register_case"]
