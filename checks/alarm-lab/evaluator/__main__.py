"""python3 -m evaluator < case.json > result.json

Standard input: one case (a JSON object), a list of cases (a JSON array), or
JSON lines (one case a line; one result a line).
"""
import json
import sys

from .case import evaluate


def _safe(case):
    """A case that cannot be read gives {"error": ...}; the others go on."""
    try:
        return evaluate(case)
    except (ValueError, KeyError, TypeError) as error:
        return {"error": "%s: %s" % (type(error).__name__, error)}


def main(source, target):
    """Read cases from source, write results to target."""
    text = source.read()
    try:
        whole = json.loads(text)
    except json.JSONDecodeError:
        for line in text.splitlines():
            if line.strip():
                target.write(json.dumps(_safe(json.loads(line))) + "\n")
        return
    if isinstance(whole, list):
        result = [_safe(case) for case in whole]
    else:
        result = _safe(whole)
    target.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main(sys.stdin, sys.stdout)
