"""python3 -m evaluator.check_examples: run all examples against the evaluator.

Each file in examples/ and mistakes/ is a list of {"name", "source", "case",
"expect"}.  "expect" holds any of: "errors" (alarms that are refused), "alarms" (all changes of some alarms), "actions" (all
actions), "final" (last state of some alarms), "finalNot" (a state that some
alarms must not end in).
"""
import glob
import json
import os
import sys

from .assumptions import with_defaults
from .case import evaluate


def final_state(case, result, name):
    """The state of an alarm at the end of a case."""
    changes = result["alarms"][name]
    if changes:
        return changes[-1]["state"]
    composite = any(a["AlarmName"] == name and "AlarmRule" in a for a in case["alarms"])
    return "INSUFFICIENT_DATA" if composite else with_defaults(case.get("assume"))["initial_state"]


def differences(example):
    """What the evaluator answers differently from the example."""
    case, expect = example["case"], example["expect"]
    result = evaluate(case)
    refused = sorted(result.get("errors", {}))
    found = ["refused: %s" % result["errors"]] if refused != expect.get("errors", []) else []
    for name, changes in expect.get("alarms", {}).items():
        if result["alarms"].get(name) != changes:
            found.append("%s: %s, expected %s" % (name, result["alarms"].get(name), changes))
    if "actions" in expect and result["actions"] != expect["actions"]:
        found.append("actions: %s, expected %s" % (result["actions"], expect["actions"]))
    for name, state in expect.get("final", {}).items():
        if final_state(case, result, name) != state:
            found.append("%s ends in %s, expected %s"
                         % (name, final_state(case, result, name), state))
    for name, state in expect.get("finalNot", {}).items():
        if final_state(case, result, name) == state:
            found.append("%s ends in %s, expected another state" % (name, state))
    return found


def main():
    """Check every example file; exit status 1 if any differs."""
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir)
    failed = total = 0
    paths = [p for f in ("examples", "mistakes") for p in glob.glob(os.path.join(root, f, "*.json"))]
    for path in sorted(paths):
        with open(path) as file:
            examples = json.load(file)
        wrong = 0
        for example in examples:
            problems = differences(example)
            wrong += bool(problems)
            for problem in problems:
                print("  %s: %s" % (example["name"], problem))
        print("%-34s %4d examples, %d differ" % (os.path.basename(path), len(examples), wrong))
        failed += wrong
        total += len(examples)
    print("%d examples, %d differ" % (total, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
