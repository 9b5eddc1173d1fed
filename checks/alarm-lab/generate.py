"""Seeded random cases as JSON lines.

python3 generate.py --group plain --seed 1 --count 100 > cases.jsonl

Values and thresholds are small multiples of 0.5 that meet often, so that >, >=
and the counting of datapoints matter and floating-point noise does not.
"""
import argparse
import json
import random

OPERATORS = ["GreaterThanThreshold", "GreaterThanOrEqualToThreshold",
             "LessThanThreshold", "LessThanOrEqualToThreshold"]
TREATMENTS = ["missing", "ignore", "breaching", "notBreaching", None]
STATISTICS = ["Average", "Sum", "Minimum", "Maximum", "SampleCount"]
TOPIC = "arn:aws:sns:us-east-1:123456789012:"


def values(rng, most=3):
    return [rng.choice([0, 0.5, 1, 1.5, 2, 3, 4]) for _ in range(rng.randint(1, most))]


def points(rng, first, last, step=60, presence=None, most=3):
    """Points every `step` seconds; runs of missing datapoints of random length."""
    presence = rng.choice([0.2, 0.5, 0.8, 0.95, 1.0]) if presence is None else presence
    found, present = [], True
    for second in range(first, last, step):
        if rng.random() < 0.35:
            present = rng.random() < presence
        if present:
            jitter = rng.randrange(step) if rng.random() < 0.3 else 0
            found.append({"second": second + jitter, "values": values(rng, most)})
    return found


def series(rng, minutes, metric="m1", namespace="App", history=None, **more):
    history = rng.choice([0, 0, 10]) if history is None else history
    made = {"namespace": namespace, "metric": metric, "dimensions": {"Service": "web"},
            "points": points(rng, -60 * history, 60 * minutes, **more)}
    return made


def actions(rng, name):
    made = {"AlarmActions": [TOPIC + name + "-alarm"]}
    if rng.random() < 0.6:
        made["OKActions"] = [TOPIC + name + "-ok"]
    if rng.random() < 0.6:
        made["InsufficientDataActions"] = [TOPIC + name + "-insufficient"]
    if rng.random() < 0.15:
        made["ActionsEnabled"] = False
    return made


def evaluation(rng, longest=6):
    """EvaluationPeriods, DatapointsToAlarm, threshold, treatment."""
    n = rng.randint(1, longest)
    made = {"EvaluationPeriods": n, "Threshold": rng.choice([0, 0.5, 1, 1.5, 2, 3]),
            "ComparisonOperator": rng.choice(OPERATORS)}
    if rng.random() < 0.6:
        made["DatapointsToAlarm"] = rng.randint(1, n)
    treatment = rng.choice(TREATMENTS)
    if treatment:
        made["TreatMissingData"] = treatment
    return made


def metric_alarm(rng, name="alarm", metric="m1", namespace="App", period=60, longest=6):
    return {"AlarmName": name, "Namespace": namespace, "MetricName": metric,
            "Dimensions": [{"Name": "Service", "Value": "web"}], "Statistic": rng.choice(STATISTICS),
            "Period": period, **evaluation(rng, longest), **actions(rng, name)}


def plain(rng):
    minutes = rng.randint(10, 60)
    period = rng.choice([60, 60, 60, 120, 300])
    return {"minutes": minutes, "series": [series(rng, minutes)],
            "alarms": [metric_alarm(rng, period=period)]}


def delayed(rng):
    case = plain(rng)
    case["series"][0]["delaySeconds"] = rng.choice([30, 60, 90, 120, 180, 300])
    return case


def long_period(rng):
    """Periods of an hour and more; some alarms longer than a day."""
    period, n = rng.choice([(3600, rng.randint(1, 24)), (3600, rng.randint(25, 60)), (21600, rng.randint(1, 8)),
                            (86400, 1), (86400, rng.randint(2, 4)), (7200, rng.randint(1, 12))])
    hours = rng.randint(6, 40)
    minutes = hours * 60
    made = {"namespace": "App", "metric": "m1", "dimensions": {"Service": "web"},
            "points": points(rng, -rng.choice([0, 24, 96]) * 3600, minutes * 60, step=3600, most=2)}
    alarm = metric_alarm(rng, period=period)
    alarm["EvaluationPeriods"] = n
    alarm["DatapointsToAlarm"] = rng.randint(1, n)
    return {"minutes": minutes, "series": [made], "alarms": [alarm]}


# --- metric math -------------------------------------------------------------------

def scalar(rng, depth, power=False):
    """An expression that gives a scalar."""
    pick = rng.random()
    if depth <= 0 or pick < 0.6:
        return rng.choice(["0", "1", "2", "3", "0.5", "10"])
    if pick < 0.7:
        return "PERIOD(%s)" % rng.choice(["m1", "m2"])
    if pick < 0.8:
        return "(%s %s %s)" % (scalar(rng, depth - 1), rng.choice("+-*/"), scalar(rng, depth - 1))
    return "%s(%s)" % (rng.choice(["AVG", "SUM", "MIN", "MAX", "STDDEV", "DATAPOINT_COUNT"]),
                       time_series(rng, depth - 1))


def array(rng, depth):
    """An expression that gives an array of time series."""
    pick = rng.random()
    if depth <= 0 or pick < 0.4:
        return rng.choice(["METRICS()", "[m1, m2]", "[m1, m2, m3]", 'METRICS("m")'])
    if pick < 0.6:
        return "[%s, %s]" % (time_series(rng, depth - 1), time_series(rng, depth - 1))
    if pick < 0.75:
        return "%s(%s)" % (rng.choice(["ABS", "CEIL", "FLOOR", "DIFF", "RATE", "RUNNING_SUM"]), array(rng, depth - 1))
    if pick < 0.9:
        return "SORT(%s, %s, %s)" % (rng.choice(["METRICS()", "[m1, m2, m3]"]), rng.choice(["AVG", "SUM", "MIN", "MAX"]),
                                     rng.choice(["ASC", "DESC"]))
    return "FILL(METRICS(), %s)" % rng.choice(["0", "REPEAT", "LINEAR", "m1"])


def time_series(rng, depth):
    """An expression that gives one time series."""
    if depth <= 0:
        return rng.choice(["m1", "m2", "m3"])
    low = depth - 1
    choice = rng.randrange(13)
    if choice <= 1:
        return rng.choice(["m1", "m2", "m3"])
    if choice == 2:
        return "%s %s %s" % (time_series(rng, low), rng.choice("+-*/"), rng.choice([time_series, scalar])(rng, low))
    if choice == 3:
        return "(%s %s %s)" % (time_series(rng, low), rng.choice("+-*/"), rng.choice([time_series, scalar])(rng, low))
    if choice == 4:
        return "(%s %s %s)" % (time_series(rng, low), rng.choice(["<", ">", "<=", ">=", "==", "!="]),
                               rng.choice([time_series, scalar])(rng, low))
    if choice == 5:
        return "((%s > %s) %s (%s < %s))" % (time_series(rng, low), scalar(rng, 0), rng.choice(["AND", "OR", "&&", "||"]),
                                             time_series(rng, low), scalar(rng, 0))
    if choice == 6:
        return "IF(%s, %s, %s)" % (time_series(rng, low), rng.choice([time_series, scalar])(rng, low),
                                   rng.choice([time_series, scalar])(rng, low))
    if choice == 7:
        return "IF(%s > %s, %s)" % (time_series(rng, low), scalar(rng, 0), time_series(rng, low))
    if choice == 8:
        return "FILL(%s, %s)" % (time_series(rng, low), rng.choice(["0", "1", "REPEAT", "LINEAR", "m1"]))
    if choice == 9:
        return "%s(%s)" % (rng.choice(["DIFF", "DIFF_TIME", "RATE", "RUNNING_SUM", "ABS", "CEIL", "FLOOR", "LOG", "LOG10"]),
                           time_series(rng, low))
    if choice == 10:
        return "%s(%s)" % (rng.choice(["SUM", "AVG", "MIN", "MAX", "STDDEV", "DATAPOINT_COUNT", "FIRST", "LAST"]),
                           array(rng, low))
    if choice == 11:
        return "(%s(m1) %s %s)" % (rng.choice(["MINUTE", "HOUR", "DAY", "DATE", "MONTH"]), rng.choice(["<", ">", "=="]),
                                   rng.choice(["1", "4", "5", "20"]))
    return rng.choice(["-%s" % time_series(rng, low), "TIME_SERIES(%s)" % scalar(rng, low),
                       "FIRST(SLICE(SORT(METRICS(), AVG, DESC), 0, 2))"])


def math_alarm(rng, expression, period=60):
    queries = [{"Id": "result", "Expression": expression, "ReturnData": True}]
    for name in ("m1", "m2", "m3"):
        queries.append({"Id": name, "ReturnData": False, "MetricStat": {
            "Metric": {"Namespace": "App", "MetricName": name, "Dimensions": [{"Name": "Service", "Value": "web"}]},
            "Period": period, "Stat": rng.choice(STATISTICS)}})
    return {"AlarmName": "alarm", "Metrics": queries, **evaluation(rng, 4), **actions(rng, "alarm")}


def math(rng):
    minutes = rng.randint(10, 40)
    expression = time_series(rng, rng.randint(1, 3))
    return {"minutes": minutes, "series": [series(rng, minutes, metric=m) for m in ("m1", "m2", "m3")],
            "alarms": [math_alarm(rng, expression, rng.choice([60, 60, 60, 300]))]}


def power(rng):
    base = lambda: rng.choice(["m1", "m2", "2", "3", "0", "(m1-m2)", "m3", "0.5", "(m1+1)"])
    parts = [base()]
    for _ in range(rng.randint(1, 3)):
        parts.append(rng.choice(["^", "^", "^", "*", "+", "-", "/"]))
        parts.append(rng.choice(["", "", "", "-"]) + base())
    expression = rng.choice(["", "-"]) + " ".join(parts)
    if not any(m in expression for m in ("m1", "m2", "m3")):
        expression = "m1 ^ " + expression.lstrip("-")
    if "^" not in expression:
        expression += " ^ 2"
    minutes = rng.randint(10, 30)
    return {"minutes": minutes, "series": [series(rng, minutes, metric=m) for m in ("m1", "m2", "m3")],
            "alarms": [{**math_alarm(rng, expression), "Threshold": rng.choice([0, 1, 2, 4, 8, 16, 64])}]}


# --- the other groups -----------------------------------------------------------------

def low_sample(rng):
    minutes = rng.randint(8, 30)
    statistic = rng.choice(["p10", "p25", "p50", "p75", "p80", "p90"])
    percent = float(statistic[1:])
    needed = 1000 / (100 - percent) if percent >= 50 else 1000 / percent
    made = series(rng, minutes)
    around = lambda: max(0, round(needed / 2 + rng.choice([-2, -1, 0, 1, 2, needed / 2, needed, -needed / 2])))
    for point in made["points"]:
        point["values"] = [rng.choice([0, 1, 2, 3]) for _ in range(around())] or [1]
    alarm = metric_alarm(rng, longest=3)
    del alarm["Statistic"]
    alarm["ExtendedStatistic"] = statistic
    alarm["EvaluateLowSampleCountPercentile"] = rng.choice(["ignore", "ignore", "ignore", "evaluate"])
    return {"minutes": minutes, "series": [made], "alarms": [alarm]}


def dynamodb(rng):
    minutes = rng.randint(10, 50)
    return {"minutes": minutes, "series": [series(rng, minutes, namespace="AWS/DynamoDB", presence=rng.choice([0.1, 0.3, 0.6]))],
            "alarms": [metric_alarm(rng, namespace="AWS/DynamoDB", period=rng.choice([60, 300]))]}


def rule(rng, names, depth):
    pick = rng.random()
    if depth <= 0 or pick < 0.35:
        name = rng.choice(names)
        quoted = '"%s"' % name if rng.random() < 0.4 else name
        return "%s(%s)" % (rng.choice(["ALARM", "ALARM", "OK", "INSUFFICIENT_DATA"]), quoted)
    if pick < 0.4:
        return rng.choice(["TRUE", "FALSE"])
    if pick < 0.5:
        return "NOT " + rule(rng, names, 0)
    if pick < 0.6:
        count = rng.randint(1, len(names))
        least = rng.choice([str(rng.randint(1, count)), "%d%%" % rng.choice([25, 34, 50, 67, 100])])
        state = rng.choice(["ALARM", "OK", "NOT OK", "NOT ALARM", "INSUFFICIENT_DATA"])
        return "AT_LEAST(%s, %s, (%s))" % (least, state, ", ".join(rng.sample(names, count)))
    joined = "%s %s %s" % (rule(rng, names, depth - 1), rng.choice(["AND", "OR"]), rule(rng, names, depth - 1))
    return "(%s)" % joined if rng.random() < 0.3 else joined


def children(rng, minutes, names):
    """Simple metric alarms whose state often changes."""
    made, alarms = [], []
    for name in names:
        made.append(series(rng, minutes, metric=name))
        alarms.append(metric_alarm(rng, name, metric=name, longest=2))
    return made, alarms


def composite(rng):
    minutes = rng.randint(10, 40)
    names = ["a", "b", "c"][:rng.randint(2, 3)]
    made, alarms = children(rng, minutes, names)
    first = {"AlarmName": "composite", "AlarmRule": rule(rng, names, 3), **actions(rng, "composite")}
    alarms.append(first)
    if rng.random() < 0.4:
        alarms.append({"AlarmName": "above", "AlarmRule": rule(rng, names + ["composite"], 2), **actions(rng, "above")})
    rng.shuffle(alarms)
    return {"minutes": minutes, "series": made, "alarms": alarms}


def suppressor(rng):
    minutes = rng.randint(15, 60)
    names = ["a", "b", "suppressor"]
    made, alarms = children(rng, minutes, names)
    alarms.append({"AlarmName": "composite", "AlarmRule": rng.choice(["ALARM(a)", "ALARM(a) OR ALARM(b)", "ALARM(a) AND NOT ALARM(b)"]),
                   "ActionsSuppressor": "suppressor",
                   "ActionsSuppressorWaitPeriod": rng.choice([0, 30, 60, 90, 120, 180, 300]),
                   "ActionsSuppressorExtensionPeriod": rng.choice([0, 30, 60, 90, 120, 180, 300]),
                   **actions(rng, "composite")})
    return {"minutes": minutes, "series": made, "alarms": alarms}


def short_period(rng):
    minutes = rng.randint(2, 10)
    period = rng.choice([10, 20, 30])
    return {"minutes": minutes, "series": [series(rng, minutes, step=rng.choice([5, 10, 20, 30, 60]))],
            "alarms": [metric_alarm(rng, period=period)]}


def units(rng):
    """One metric with one unit; the alarm names that unit, another, or none."""
    case = plain(rng)
    unit = rng.choice(["Percent", "Count", "Seconds", None])
    if unit:
        case["series"][0]["unit"] = unit
    if rng.random() < 0.3:  # a second unit, always named by the alarm
        other = series(rng, case["minutes"])
        other["unit"] = "Bytes"
        case["series"].append(other)
        case["alarms"][0]["Unit"] = rng.choice(["Bytes", unit or "None"])
    else:
        asked = rng.choice([unit, "Bytes", None, unit])
        if asked:
            case["alarms"][0]["Unit"] = asked
    return case


GROUPS = {"plain": plain, "delayed": delayed, "long-period": long_period, "math": math, "power": power,
          "low-sample": low_sample, "dynamodb": dynamodb, "composite": composite, "suppressor": suppressor,
          "short-period": short_period, "units": units}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--group", choices=sorted(GROUPS), required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=10)
    options = parser.parse_args()
    for number in range(options.count):
        rng = random.Random("%s/%d/%d" % (options.group, options.seed, number))
        print(json.dumps(GROUPS[options.group](rng)))


if __name__ == "__main__":
    main()
