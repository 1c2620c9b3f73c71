"""The file of booking requests: one row a request, `text` in the customer's words."""

from collections.abc import Iterator

from comeback.recognition.exchange import values
from comeback.recognition.exchange.cells import Cells, cells
from comeback.recognition.exchange.history import PhoneRegion
from comeback.recognition.exchange.records import BookingRequest
from comeback.recognition.exchange.refusals import Refused, Unreadable
from comeback.recognition.exchange.sheets import Source
from comeback.recognition.normalise import normalise_plate


def read_requests(source: Source, *, phone_region: PhoneRegion = None) -> Iterator[BookingRequest | Refused]:
    """Booking requests in the order of the file, and each row that was refused. `phone_region` as for history."""
    for row in cells(source, needed=("booking_no", "requested_at", "text")):
        if isinstance(row, Refused):
            yield row
            continue
        try:
            yield _request(row, phone_region)
        except Unreadable as refusal:
            yield Refused(row.row_number, refusal.column, refusal.reason_code)


def _request(row: Cells, phone_region: PhoneRegion) -> BookingRequest:
    booking_no = row.text("booking_no")
    requested_at = row.read("requested_at", values.moment)
    site = row.text("site")
    if not booking_no:
        raise Unreadable("missing_booking_no", "booking_no")
    if requested_at is None:
        raise Unreadable("missing_date", "requested_at")
    request = BookingRequest(
        row_number=row.row_number,
        booking_no=booking_no,
        requested_at=requested_at,
        site=site,
        vin=row.vin(complete=False),
        plate=normalise_plate(row.text("plate")),
        customer=row.text("customer"),
        phone=row.phone(phone_region(site) if callable(phone_region) else phone_region),
        odometer_km=row.read("odometer_km", values.odometer),
        text=row.text("text"),
    )
    if not (request.vin or request.plate or request.phone):
        raise Unreadable("missing_vehicle", "vin")
    return request
