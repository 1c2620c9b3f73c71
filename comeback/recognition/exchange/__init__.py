"""The one reader of the exchange files (history of orders, booking requests). Pure: no Django, no clock, no database.

    read_history(source, phone_region=None)  -> Order | Refused, ...
    read_requests(source, phone_region=None) -> BookingRequest | Refused, ...
    group_into_visits(heads)                 -> [(OrderHead, ...), ...]

CSV (UTF-8 with or without mark, UTF-16, cp1251, cp1252; `,` `;` or tab) or XLSX (first sheet), read as a stream.
Good rows load; each bad one comes back as `Refused` with its number, column and reason code. A file of which
nothing can be read raises `UnreadableFile`.
"""

from comeback.recognition.exchange.history import read_history
from comeback.recognition.exchange.records import BookingRequest, Line, Order, OrderHead
from comeback.recognition.exchange.refusals import Refused, UnreadableFile, reason_codes
from comeback.recognition.exchange.requests import read_requests
from comeback.recognition.exchange.visits import group_into_visits

__all__ = [
    "BookingRequest",
    "Line",
    "Order",
    "OrderHead",
    "Refused",
    "UnreadableFile",
    "group_into_visits",
    "read_history",
    "read_requests",
    "reason_codes",
]
