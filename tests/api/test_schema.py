"""The API keeps to its OpenAPI document, whatever is sent: schemathesis against the served application.

It writes real rows, into a database of this test alone. Its token belongs to somebody who may do everything.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from django.db import transaction

from comeback.desk.tokens import make_token
from comeback.registers.models import Function
from tests.cast import engage, moscow, set_the_stage
from tests.steps.s4_repair.stage import received

NOW = moscow(2, 12)
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,ignored_auth"
SECONDS = 60  # used in full: schemathesis goes on until then
ABOUT = """
[parameters]
"path.number" = "{number}"
"path.pk" = {pk}
"path.code" = "{code}"
"path.month" = "2025-05"
"""


def test_no_request_gets_an_answer_that_the_document_does_not_name(site_url: str, settings, tmp_path: Path) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}  # no limit of requests
    cast = set_the_stage()
    with transaction.atomic():  # numbers are given out inside one
        case = received(cast)
    person = engage("everybody", "Один за всех", cast.msk, *Function.values)
    token = make_token(person, name="schemathesis", now=NOW)
    config = tmp_path / "schemathesis.toml"
    config.write_text(ABOUT.format(number=case.number, pk=case.request_id, code=cast.msk.code))
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(config), "run",
        f"{site_url}/api/v1/openapi.json", "--header", f"Authorization: Bearer {token}", "--checks", CHECKS,
        "--max-examples", "6", "--max-time", str(SECONDS), "--seed", "1", "--no-color", "--warnings", "off",
        "--generation-database", "none", "--suppress-health-check", "all",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False, timeout=SECONDS * 6)
    assert done.returncode == 0, (done.stdout + done.stderr)[-6000:]
    counted = re.search(r"Selected: (\d+)/(\d+)\s+Tested: (\d+)", done.stdout)
    assert counted, done.stdout[-2000:]
    assert len(set(counted.groups())) == 1, "an operation was left out"
