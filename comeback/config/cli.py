"""`comeback COMMAND …`: exit 0 done, 1 refused or failed, 2 wrong usage; results on stdout, messages on stderr.

A command is a module with `add_arguments(parser)` and `run(options) -> int`, loaded only when it is asked for. One line
in `COMMANDS` registers it.
"""

import argparse
import os
import sys
from importlib import import_module
from typing import NamedTuple


class Command(NamedTuple):
    """Where a command lives, and whether it needs Django (the pure libraries start faster without)."""

    module: str
    help: str
    django: bool = True


COMMANDS = {
    "serve": Command("comeback.config.serve", "serve the pages and the API", django=False),
    "worker": Command("comeback.cases.worker", "send messages, remind of deadlines, derive what changed"),
    "demo": Command("comeback.config.demo", "load the demo dealership into an empty database"),
    "import visits": Command("comeback.visits.importing", "load visit history from an exchange file (CSV, XLSX)"),
    "detect": Command(
        "comeback.recognition.detect", "which bookings are comebacks? works on files alone", django=False
    ),
    "indicators": Command("comeback.steps.s9_indicators.cli", "the indicators of a site's month"),
    "method check": Command("comeback.method.check", "validate the method sheet", django=False),
    "export": Command("comeback.config.export", "write data out for others"),
    "backup": Command("comeback.config.backup", "write everything into one verified file"),
    "restore": Command("comeback.config.restore", "put a backup in place of what is there"),
    "doctor": Command("comeback.config.doctor", "derive everything anew, compare, verify the journal"),
    "docs": Command("comeback.config.docs", "check or write the generated pages of docs/"),
    "translations": Command("comeback.config.translations", "check, update or compile the translations", django=False),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code (wrong usage exits with 2)."""
    words = sys.argv[1:] if arguments is None else arguments
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comeback.config.settings")
    if words[:1] == ["django"]:
        return _django(words[1:])
    name = next((name for name in COMMANDS if words[: len(name.split())] == name.split()), None)
    if name is None:
        return _usage(words)
    return _perform(name, words[len(name.split()) :])


def _django(words: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["comeback django", *words])
    return 0


def _usage(words: list[str]) -> int:
    asked = words[:1] in (["--help"], ["-h"], ["help"])
    width = max(map(len, COMMANDS))
    lines = [f"  {name:{width}}  {command.help}" for name, command in COMMANDS.items()]
    lines += [f"  {'django':{width}}  Django's own commands (migrate, shell …)"]
    problem = [] if asked or not words else [f"comeback: there is no command {' '.join(words[:2])!r}", ""]
    text = ["usage: comeback COMMAND …  (COMMAND --help explains it)", "", *lines]
    print("\n".join(problem + text), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2


def _perform(name: str, words: list[str]) -> int:
    command = COMMANDS[name]
    if command.django:
        import django

        django.setup()
    try:
        module = import_module(command.module)
    except ModuleNotFoundError as error:
        if error.name != command.module and not command.module.startswith(f"{error.name}."):
            raise
        print(f"comeback {name}: this version does not have it yet", file=sys.stderr)
        return 1
    parser = argparse.ArgumentParser(prog=f"comeback {name}", description=command.help)
    module.add_arguments(parser)
    options = parser.parse_args(words)
    try:
        return int(module.run(options) or 0)
    except BrokenPipeError:  # the reader had seen enough (`| head`)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print(f"comeback {name}: interrupted", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
