"""What the exchange files hold, typed. Times are naive, in the time of the site; money is in minor units."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order: labour or a part."""

    row_number: int
    line_no: int | None = None
    kind: str = ""
    code: str = ""
    description: str = ""
    quantity: Decimal | None = None
    unit_price: int | None = None
    account: str = ""
    mechanic: str = ""
    labour_minutes: int | None = None

    def is_blank(self) -> bool:
        """An order may come as a single row that names no work at all."""
        return not (self.kind or self.code or self.description)


@dataclass(frozen=True, slots=True)
class OrderHead:
    """The columns that each row of an order repeats. `phone` is as written, or E.164 when a region was given."""

    row_number: int
    order_no: str
    opened_at: datetime | None
    closed_at: datetime | None
    site: str = ""
    vin: str = ""
    plate: str = ""
    customer: str = ""
    phone: str = ""
    odometer_km: int | None = None
    complaint: str = ""
    visit_no: str = ""
    visit_kind: str = "client"
    arrived_at: datetime | None = None
    ready_at: datetime | None = None
    handed_over_at: datetime | None = None
    cancelled: bool = False
    planned_return: bool = False
    planned_for: date | None = None
    cause: str = ""
    correction: str = ""
    result: str = ""
    refused_work: str = ""
    dtc: tuple[str, ...] = ()
    currency: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes an order one: its site and number."""
        return self.site, self.order_no

    def starts(self) -> datetime:
        """When the car came, as far as the file says."""
        return self.arrived_at or self.opened_at or self.ends()

    def ends(self) -> datetime:
        """When the car left, as far as the file says."""
        moments = (self.handed_over_at, self.closed_at, self.ready_at, self.opened_at, self.arrived_at)
        return next(moment for moment in moments if moment is not None)


@dataclass(frozen=True, slots=True)
class Order:
    """An order with the lines that stood together in the file."""

    head: OrderHead
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class BookingRequest:
    """One row of the file of booking requests."""

    row_number: int
    booking_no: str
    requested_at: datetime
    site: str = ""
    vin: str = ""
    plate: str = ""
    customer: str = ""
    phone: str = ""
    odometer_km: int | None = None
    text: str = ""
