"""Is this request a comeback? A library of its own: no Django, no clock, no database (Method 1.1).

    from comeback.recognition import PastOrder, PastLine, Request, recognise, sentences

    answer = recognise(history, Request(text="опять стучит справа", odometer_km=100_430), now=now)
    answer.verdict                  # comeback · ask · new; a person always decides
    answer.order_no                 # the earlier order it points to
    sentences(answer, "ru")         # ["тот же стук спереди справа, 12 дней и 430 км после ЗН-1507 (...)", ...]

`recognise` reads one request against the past of its car. `Garage` finds the car by VIN, plate or phone.
`comeback.recognition.exchange` reads the exchange files; `comeback.recognition.detect` is the command over them.
Words are in `lexicon/`, points in `weights.yaml`, sentences in `reasons.yaml`: data that the trade can read.
"""

from comeback.recognition.identity import Found, Garage, Marks
from comeback.recognition.past import PastLine, PastOrder, Request
from comeback.recognition.reasons import sentence, sentences
from comeback.recognition.score import recognise
from comeback.recognition.verdict import Candidate, Reason, Recognition

__all__ = [
    "Candidate",
    "Found",
    "Garage",
    "Marks",
    "PastLine",
    "PastOrder",
    "Reason",
    "Recognition",
    "Request",
    "recognise",
    "sentence",
    "sentences",
]
