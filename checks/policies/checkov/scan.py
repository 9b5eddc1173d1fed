"""Scans Terraform plans: takes their paths on standard input, one a line, and prints {path: [[check, resource], ...]} of what failed."""

import json
import logging
import sys

logging.disable(logging.CRITICAL)

from checkov.runner_filter import RunnerFilter  # noqa: E402  (only once logging is off)
from checkov.terraform.plan_runner import Runner  # noqa: E402


def failed(path: str) -> list[tuple[str, str]]:
    report = Runner().run(root_folder=None, files=[path], runner_filter=RunnerFilter(framework=["terraform_plan"]))
    return sorted({(check.check_id, check.resource) for check in report.failed_checks})


paths = sys.stdin.read().split("\n")
json.dump({path: failed(path) for path in paths if path}, sys.stdout)
