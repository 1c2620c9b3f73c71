"""What can be done in step 4: assign and release, work, supervise and report, drive."""

from comeback.steps.s4_repair.actions.assigning import assign_mechanic, release
from comeback.steps.s4_repair.actions.driving import road_test_after_work
from comeback.steps.s4_repair.actions.supervising import note_on_work, tell_manager
from comeback.steps.s4_repair.actions.working import answer_concern, punch_in, punch_out

__all__ = [
    "answer_concern",
    "assign_mechanic",
    "note_on_work",
    "punch_in",
    "punch_out",
    "release",
    "road_test_after_work",
    "tell_manager",
]
