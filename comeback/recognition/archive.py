"""The past of many cars in memory, for judging a whole file: orders by car, texts kept once."""

from collections import defaultdict
from sys import intern

from comeback.recognition.exchange import Order
from comeback.recognition.identity import Found, Garage, Marks
from comeback.recognition.past import PastLine, PastOrder


class Archive:
    """Orders of the history file, found again by the marks of a car."""

    def __init__(self) -> None:
        self._garage = Garage()
        self._orders: dict[str, list[PastOrder]] = defaultdict(list)
        self._lines: dict[PastLine, PastLine] = {}

    def add(self, order: Order) -> None:
        """Keep an order; cancelled ones and parts sold over the counter are no work on a car."""
        head = order.head
        if head.cancelled or head.visit_kind == "parts_only":
            return
        car = self._garage.add(Marks(head.vin, head.plate, head.phone, head.customer, head.site))
        self._orders[car].append(
            PastOrder(
                order_no=head.order_no,
                opened=head.starts(),
                closed=head.ends(),
                site=intern(head.site),
                vehicle=car,
                vin=head.vin,
                odometer_km=head.odometer_km,
                complaint=intern(head.complaint),
                lines=tuple(self._line(PastLine(line.kind, line.code, line.description)) for line in order.lines),
                cause=head.cause,
                correction=head.correction,
                result=head.result,  # type: ignore[arg-type]  # the reader lets only these words through
                planned_return=head.planned_return,
                refused_work=head.refused_work,
                dtc=head.dtc,
            )
        )

    def find(self, marks: Marks) -> tuple[Found, list[PastOrder]]:
        """The cars that fit, and all their orders."""
        found = self._garage.find(marks)
        return found, [order for car in found.cars for order in self._orders[car]]

    def _line(self, line: PastLine) -> PastLine:
        return self._lines.setdefault(line, line)
