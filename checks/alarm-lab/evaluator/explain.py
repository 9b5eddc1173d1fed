"""python3 -m evaluator.explain < pairs.jsonl

Each line: {"case": ..., "result": the other implementation's result}.  Says
whether the results agree and, if not, which other readings of the guide (one,
or two together) make the evaluator give the other result.
"""
import itertools
import json
import sys

from .assumptions import ALTERNATIVES
from .case import evaluate


def parts(result):
    """What is compared: changes and actions (not the wording of errors)."""
    return result.get("alarms"), result.get("actions"), sorted(result.get("errors", {}))


def explain(case, result):
    """None if the results agree, else the readings that would make them agree."""
    given, wanted = dict(case.get("assume") or {}), parts(result)
    if parts(evaluate(case)) == wanted:
        return None
    single = [{name: value} for name, values in ALTERNATIVES.items() for value in values]
    found = [reading for reading in single if _answers(case, given, reading, wanted)]
    if found:
        return found
    relevant = [r for r in single if parts(evaluate({**case, "assume": {**given, **r}})) != parts(evaluate(case))]
    both = [{**a, **b} for a, b in itertools.combinations(relevant, 2) if set(a) != set(b)]
    return [reading for reading in both if _answers(case, given, reading, wanted)]


def _answers(case, given, reading, wanted):
    return parts(evaluate({**case, "assume": {**given, **reading}})) == wanted


def main(source):
    """Print one verdict a line and a count at the end."""
    counts = {"agree": 0, "explained": 0, "unexplained": 0}
    for number, line in enumerate(filter(str.strip, source), 1):
        pair = json.loads(line)
        found = explain(pair["case"], pair["result"])
        verdict = "agree" if found is None else "explained" if found else "unexplained"
        counts[verdict] += 1
        print(number, verdict, json.dumps(found) if found else "")
    print(json.dumps(counts))


if __name__ == "__main__":
    main(sys.stdin)
