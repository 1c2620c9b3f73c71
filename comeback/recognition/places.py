"""Left and right, front and rear: do two descriptions speak of the same corner of the car?"""

from collections.abc import Iterable

from comeback.recognition.lexicon import Lexicon

Corner = dict[str, str]


def corner(places: Iterable[str], lexicon: Lexicon) -> Corner:
    """The one end and the one side that the places name; an end or side that is named twice over is left out."""
    terms = lexicon.terms["places"]
    named: dict[str, set[str]] = {}
    for place in places:
        for axis, value in terms[place].at:
            named.setdefault(axis, set()).add(value)
    return {axis: values.pop() for axis, values in named.items() if len(values) == 1}


def apart(one: Corner, other: Corner) -> bool:
    """Whether both name an end or a side, and not the same."""
    return any(axis in other and other[axis] != value for axis, value in one.items())


def name_of(where: Corner, lexicon: Lexicon) -> str:
    """The code of the place with exactly these coordinates, or an empty string."""
    places = lexicon.terms["places"].values()
    return next((term.code for term in places if where and dict(term.at) == where), "")
