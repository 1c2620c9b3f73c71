"""Orders to visits: one car at one site, there once."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from comeback.recognition.exchange.records import OrderHead
from comeback.recognition.normalise import phone_key, plate_key


def group_into_visits(heads: Iterable[OrderHead]) -> list[tuple[OrderHead, ...]]:
    """Orders of one vehicle at one site that overlap or touch the same day are one visit, unless `visit_no` differs.

    Orders with a visit number join only their own number; a car is told by its VIN, else its plate, else the phone.
    Own and parts-only visits stay apart from the customer's. The result is in order of arrival.
    """
    numbered: dict[Hashable, list[OrderHead]] = defaultdict(list)
    dated: dict[Hashable, list[OrderHead]] = defaultdict(list)
    for head in heads:
        place = (head.site, vehicle_of(head))
        if head.visit_no:
            numbered[(*place, head.visit_no)].append(head)
        else:
            dated[(*place, head.visit_kind)].append(head)
    visits = [tuple(sorted(group, key=OrderHead.starts)) for group in numbered.values()]
    for group in dated.values():
        visits.extend(_by_days(sorted(group, key=OrderHead.starts)))
    return sorted(visits, key=lambda visit: visit[0].starts())


def vehicle_of(head: OrderHead) -> tuple[str, str]:
    """What a file itself knows of which car it was: the best mark that the order carries."""
    if head.vin:
        return "vin", head.vin
    if head.plate:
        return "plate", plate_key(head.plate)
    return "phone", phone_key(head.phone)


def _by_days(heads: list[OrderHead]) -> Iterable[tuple[OrderHead, ...]]:
    visit: list[OrderHead] = []
    for head in heads:
        if visit and head.starts().date() > max(one.ends() for one in visit).date():
            yield tuple(visit)
            visit = []
        visit.append(head)
    if visit:
        yield tuple(visit)
