"""Does a page cost more when the history is longer? `python -m bench.size [--visits 1000 100000] [--rounds 3]`

Builds a database for each size, then measures Today, the comebacks, a case page, and doing one line, the sizes by turns
in fresh processes, and prints medians in milliseconds with the ratio of the largest to the smallest.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path

REPEAT = 15


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=["build", "measure"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return _child(options.child, options.visits[0])
    with tempfile.TemporaryDirectory(prefix="comeback-bench-") as folder:
        for size in options.visits:
            started = time.perf_counter()
            _run("build", size, folder)
            print(f"{size} visits built in {time.perf_counter() - started:.0f} s", file=sys.stderr)
        rounds = [
            {size: json.loads(_run("measure", size, folder)) for size in options.visits} for _ in range(options.rounds)
        ]
    _print(options.visits, rounds)
    return None


def _run(what: str, size: int, folder: str) -> str:
    place = Path(folder) / str(size)
    place.mkdir(exist_ok=True)
    environment = os.environ | {"COMEBACK_VAR": str(place), "DJANGO_SETTINGS_MODULE": "comeback.config.settings"}
    command = [sys.executable, "-m", "bench.size", "--child", what, "--visits", str(size)]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def _child(what: str, size: int) -> None:
    import django

    django.setup()
    if what == "build":
        from bench.history import build

        return build(size)
    print(json.dumps(_measure()))
    return None


def _measure() -> dict[str, float]:
    from django.test import Client

    from comeback.cases.models import Case
    from comeback.registers.models import Person

    case = Case.objects.filter(ending=None).order_by("-pk").select_related("site").first()
    assert case
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Person.objects.get(username="romanova"))
    pages = {"Today": "/", "Comebacks": "/cases/", "Case page": f"/cases/{case.number}/"}
    found = {name: _median(lambda path=path: _get(client, path)) for name, path in pages.items()}
    return found | {"Doing a line": _median(lambda: _do(case))}


def _get(client, path: str) -> None:  # type: ignore[no-untyped-def]
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)


def _do(case) -> None:  # type: ignore[no-untyped-def]
    from comeback.cases.acting import Actor
    from comeback.cases.commands import Command
    from comeback.cases.perform import perform
    from comeback.registers import clock
    from comeback.registers.models import Person

    actor = Actor(Person.objects.get(username="smirnova"), case.site)
    arguments = {"needed": False, "reason": "Эксперт в отпуске до пятницы"}
    perform(Command("1.3/decision", case, arguments), actor=actor, now=clock.now(), key=uuid.uuid4().hex)


def _median(call: Callable[[], None]) -> float:
    call()
    times = []
    for _ in range(REPEAT):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def _print(sizes: list[int], rounds: list[dict[int, dict[str, float]]]) -> None:
    small, large = min(sizes), max(sizes)
    print(f"{'':14}" + "".join(f"{size:>12,}" for size in sizes) + f"{'ratio':>10}")
    for name in rounds[0][small]:
        medians = {size: statistics.median(one[size][name] for one in rounds) for size in sizes}
        ratios = statistics.median(one[large][name] / one[small][name] for one in rounds)
        print(f"{name:14}" + "".join(f"{medians[size]:9.1f} ms" for size in sizes) + f"{ratios:10.2f}")


if __name__ == "__main__":
    main()
