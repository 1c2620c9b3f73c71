"""What recognition is given: the past orders of a car, and the request of today."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

FollowUp = Literal["", "positive", "negative", "will_check"]
Result = Literal["", "fixed", "not_reproduced", "temporary", "parts_awaited", "refused"]


@dataclass(frozen=True, slots=True)
class PastLine:
    """A line of labour or a part."""

    kind: str = ""
    code: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class PastOrder:
    """An earlier order, or one concern of it when `concern` says which. No personal data.

    opened, closed: when the car came and was handed over; all naive (site time) or all aware.
    vehicle: whatever tells one car from another in this history; one car when it is empty. vin: when it is known.
    complaint, cause, correction, refused_work: words. symptoms, systems: codes of the lexicon, if somebody chose them.
    result, follow_up: see `Result`, `FollowUp`. planned_return: the car was to come back for a part or a campaign.
    """

    order_no: str
    opened: datetime
    closed: datetime | None = None
    site: str = ""
    vehicle: str = ""
    vin: str = ""
    concern: str = ""
    odometer_km: int | None = None
    complaint: str = ""
    lines: tuple[PastLine, ...] = ()
    symptoms: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    cause: str = ""
    correction: str = ""
    result: Result = ""
    follow_up: FollowUp = ""
    planned_return: bool = False
    refused_work: str = ""
    dtc: tuple[str, ...] = ()
    mechanic: str = ""

    @property
    def ended(self) -> datetime:
        """The hand-over, as far as it is known."""
        return self.closed or self.opened


@dataclass(frozen=True, slots=True)
class Request:
    """What is known when somebody asks for an appointment.

    text: the customer's words. claimed: he says that it is a comeback, told apart from the words. planned: the slot
    belongs to an open parts order or a campaign. symptoms, systems: codes that the receptionist chose. part_codes:
    numbers of parts or operations that are asked for.
    """

    text: str = ""
    vin: str = ""
    odometer_km: int | None = None
    claimed: bool = False
    planned: bool = False
    symptoms: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    dtc: tuple[str, ...] = ()
    part_codes: tuple[str, ...] = ()
