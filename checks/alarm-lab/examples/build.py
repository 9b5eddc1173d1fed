"""Writes the example files.  The expected answers are copied from the guide by
hand into the tables below; the evaluator is not used here.

python3 examples/build.py
"""
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
GUIDE = "CloudWatch User Guide, "
MISSING = GUIDE + '"How alarm state is evaluated when data is missing" (alarms-and-missing-data), '
PREMATURE = GUIDE + '"Avoiding premature transitions to alarm state", '
MATH = GUIDE + '"Use metric math" (using-metric-math), '
SUPPRESSION = GUIDE + '"Composite alarm action suppression", '
RETAIN = "Retain current state"
TREATMENTS = ("missing", "ignore", "breaching", "notBreaching")


def metric_alarm(name="alarm", **fields):
    alarm = {"AlarmName": name, "Namespace": "App", "MetricName": "Value",
             "Statistic": "Maximum", "Period": 60, "EvaluationPeriods": 1,
             "Threshold": 0, "ComparisonOperator": "GreaterThanThreshold"}
    alarm.update(fields)
    return {key: value for key, value in alarm.items() if value is not None}


def series(points, metric="Value", namespace="App", **fields):
    """points: {second: value} or {second: [values]}."""
    return {"namespace": namespace, "metric": metric, "dimensions": {}, **fields,
            "points": [{"second": s, "values": v if isinstance(v, list) else [v]}
                       for s, v in sorted(points.items())]}


def minutes_of(pattern, first=0, period=60):
    """A pattern such as '0 - X' as points, one a period, from second `first`."""
    values = {"0": 0, "O": 0, "X": 1}
    return {first + i * period: values[p] for i, p in enumerate(pattern.split()) if p != "-"}


def changes(*pairs):
    return [{"second": second, "state": state} for second, state in pairs]


def example(name, source, case, **expect):
    return {"name": name, "source": source, "case": case, "expect": expect}


# --- missing data --------------------------------------------------------------

TABLE_1 = [  # EvaluationPeriods 3, DatapointsToAlarm 3
    ("0 - X - X", "OK", "OK", "OK", "OK"),
    ("0 - - - -", "OK", "OK", "OK", "OK"),
    ("- - - - -", "INSUFFICIENT_DATA", RETAIN, "ALARM", "OK"),
    ("0 X X - X", "ALARM", "ALARM", "ALARM", "ALARM"),
    ("- - X - -", "ALARM", RETAIN, "ALARM", "OK"),
]
TABLE_2 = [  # EvaluationPeriods 3, DatapointsToAlarm 2
    ("0 - X - X", "ALARM", "ALARM", "ALARM", "ALARM"),
    ("0 0 X 0 X", "ALARM", "ALARM", "ALARM", "ALARM"),
    ("0 - X - -", "OK", "OK", "ALARM", "OK"),
    ("- - - - 0", "OK", "OK", "ALARM", "OK"),
    ("- - - X -", "ALARM", RETAIN, "ALARM", "OK"),
]
OLD_TABLE_1 = [  # rows of the guide of 2018 that later editions replaced
    ("- - - - X", "INSUFFICIENT_DATA", RETAIN, "ALARM", "OK"),
    ("X - - - -", "ALARM", RETAIN, "ALARM", "OK"),
]
OLD_TABLE_2 = [
    ("- - - - X", "INSUFFICIENT_DATA", RETAIN, "ALARM", "OK"),
]


def table_examples(title, table, m):
    """Each cell three times: five minutes before it the alarm is new, or five
    non-breaching (OK), or five breaching datapoints (ALARM) come before."""
    before = {"new": ("- - - - -", "INSUFFICIENT_DATA"), "OK": ("0 0 0 0 0", "OK"),
              "ALARM": ("X X X X X", "ALARM")}
    for number, (row, *answers) in enumerate(table, 1):
        for treatment, answer in zip(TREATMENTS, answers):
            for start, (prefix, state) in before.items():
                if answer == RETAIN and start == "new":
                    # five minutes of "-" already are a row of their own
                    continue
                points = minutes_of(prefix + " " + row)
                alarm = metric_alarm(EvaluationPeriods=3, DatapointsToAlarm=m,
                                     TreatMissingData=treatment)
                case = {"minutes": 10, "series": [series(points)], "alarms": [alarm]}
                final = state if answer == RETAIN else answer
                yield example("%s row %d (%s), %s, before: %s" % (title, number, row, treatment, start),
                              MISSING + title + ", row %d" % number, case, final={"alarm": final})
            yield from _five_minute_period(title, number, row, m, treatment, answer)


def _five_minute_period(title, number, row, m, treatment, answer):
    """The same cell with the guide's period of 5 minutes, evaluated once."""
    points = minutes_of(row, first=60 - 5 * 300, period=300)
    alarm = metric_alarm(EvaluationPeriods=3, DatapointsToAlarm=m, Period=300,
                         TreatMissingData=treatment)
    final = "INSUFFICIENT_DATA" if answer == RETAIN else answer
    yield example("%s row %d (%s), %s, 5 minutes" % (title, number, row, treatment),
                  MISSING + title + ", row %d" % number,
                  {"minutes": 1, "series": [series(points)], "alarms": [alarm]},
                  final={"alarm": final})


def missing_data():
    yield from table_examples("table 1", TABLE_1, 3)
    yield from table_examples("table 2", TABLE_2, 2)


def missing_data_text():
    def case(pattern, treatment, m=3, minutes=5, **more):
        return {"minutes": minutes, "series": [series(minutes_of(pattern))],
                "alarms": [metric_alarm(EvaluationPeriods=3, DatapointsToAlarm=m,
                                        TreatMissingData=treatment, **more)]}
    yield example("row 2 the next time", MISSING + '"The next time this alarm is evaluated, if the '
                  'data is still missing it will go to ALARM"',
                  case("0 - - - - -", "breaching", minutes=6), final={"alarm": "ALARM"})
    for pattern in ("- - - - X", "- - - X -"):
        yield example("not immediately: " + pattern, PREMATURE + '"the alarm does not go immediately '
                      'into ALARM state when the data is either - - - - X or - - - X -"',
                      case(pattern, "missing"), finalNot={"alarm": "ALARM"})
    for pattern in ("- - - X O", "- - X - O"):
        yield example("avoided: " + pattern, PREMATURE + '"false positives are avoided when the next '
                      'data point is non-breaching"', case(pattern, "missing"), finalNot={"alarm": "ALARM"})
    yield example("- - X - -", PREMATURE + '"the alarm goes into ALARM state even if missing data '
                  'points are treated as missing"', case("- - X - -", "missing"), final={"alarm": "ALARM"})
    yield example("always missing", GUIDE + '"If all data points in the alarm evaluation range are '
                  'missing, the alarm transitions to INSUFFICIENT_DATA"',
                  case("0 0 0 - - - - -", "missing", minutes=8), final={"alarm": "INSUFFICIENT_DATA"})
    for treatment in TREATMENTS:
        yield example("AWS/DynamoDB, " + treatment, GUIDE + '"Alarms that evaluate metrics in the '
                      'AWS/DynamoDB namespace always ignore missing data"',
                      {"minutes": 12, "alarms": [metric_alarm(Namespace="AWS/DynamoDB", TreatMissingData=treatment)],
                       "series": [series(minutes_of("X X"), namespace="AWS/DynamoDB")]},
                      alarms={"alarm": changes((60, "ALARM"))})


def missing_data_old():
    yield from table_examples("table 1 of 2018", OLD_TABLE_1, 3)
    yield from table_examples("table 2 of 2018", OLD_TABLE_2, 2)


# --- evaluation ------------------------------------------------------------------

def evaluation():
    source = GUIDE + '"Evaluating an alarm" (alarm-evaluation), '
    values = {-60 * i: 1 for i in range(1, 6)}
    values.update({60 * i: v for i, v in enumerate([4, 5, 5, 5, 4, 2, 2, 2, 4, 2])})
    yield example("figure: threshold of three units", source + 'figure: ALARM "in the third through '
                  'fifth time periods"; "At period six ... OK"; "the ninth time period ... remains OK" '
                  "(values read from the text; OK before by five earlier datapoints)",
                  {"minutes": 10, "series": [series(values)],
                   "alarms": [metric_alarm(EvaluationPeriods=3, DatapointsToAlarm=3, Threshold=3)]},
                  alarms={"alarm": changes((60, "OK"), (180, "ALARM"), (360, "OK"))})
    counts = {60 * i: 0 for i in range(-10, 10)}
    counts[0] = 1
    yield example("period 5 minutes", source + '"at the end of minute 5 the alarm evaluates based on data '
                  'from minutes 1 to 5. Then at the end of minute 6 ... minutes 2 to 6"',
                  {"minutes": 8, "series": [series(counts)],
                   "alarms": [metric_alarm(Statistic="Sum", Period=300)]},
                  alarms={"alarm": changes((60, "ALARM"), (360, "OK"))})
    for m, state in ((2, "ALARM"), (3, "OK")):
        yield example("%d out of 3: X 0 X" % m, source + '"The breaching data points don\'t have to be '
                      'consecutive"', {"minutes": 3, "series": [series(minutes_of("X 0 X"))],
                                       "alarms": [metric_alarm(EvaluationPeriods=3, DatapointsToAlarm=m)]},
                      final={"alarm": state})
    for period in (10, 20, 30):
        yield example("%d s period" % period, source + '"10 seconds, 20 seconds, or 30 seconds ... evaluated '
                      'every 10 seconds"', {"minutes": 1, "series": [series({0: 1, 10: 1, 20: 1, 30: 0, 40: 0, 50: 0})],
                                            "alarms": [metric_alarm(Period=period)]},
                      alarms={"alarm": changes((10, "ALARM"), (30 + period, "OK")) if period < 30
                              else changes((10, "ALARM"), (60, "OK"))})
    yield example("data from before the alarm", source + '"CloudWatch retrieves the most recent data points '
                  'from before the alarm was created"',
                  {"minutes": 1, "series": [series(minutes_of("X X X", first=-180))],
                   "alarms": [metric_alarm(EvaluationPeriods=3)]}, final={"alarm": "ALARM"})
    yield multiday_example(source)


def multiday_example(source):
    """Second 0 is 09:00; one success three days before at 10:01, the failure
    (0) at 10:02, the success at 11:43.  Period 3 days, so that no datapoint is
    missing and the extra datapoints do not matter."""
    three_days = 3 * 86400
    points = {3660 - three_days: 1, 3720: 0, 2 * 3600 + 43 * 60: 1}
    alarm = metric_alarm(Statistic="Sum", Period=three_days, Threshold=1,
                         ComparisonOperator="LessThanThreshold")
    return example("multi-day alarm", source + '"Example of evaluating a multi-day alarm", steps 1-5',
                   {"minutes": 240, "series": [series(points)], "alarms": [alarm],
                    "assume": {"start_epoch": 9 * 3600, "multiday_minute": 3}},
                   alarms={"alarm": changes((180, "OK"), (2 * 3600 + 180, "ALARM"), (3 * 3600 + 180, "OK"))})


# --- low samples -------------------------------------------------------------------

def low_samples():
    source = GUIDE + '"Percentile-based CloudWatch alarms and low data samples", '
    for statistic, needed, text in (("p99", 1000, '"fewer than 1000 samples for an alarm on a p99"'),
                                    ("p50", 20, '"0.5 (inclusive) ... fewer than 10/(1-percentile)"'),
                                    ("p10", 100, '"between 0 and 0.5 (exclusive) ... fewer than 10/percentile"')):
        for count in (needed - 1, needed):
            for setting in ("ignore", "evaluate"):
                alarm = metric_alarm(Statistic=None, ExtendedStatistic=statistic,
                                     EvaluateLowSampleCountPercentile=setting)
                ignored = setting == "ignore" and count < needed
                yield example("%s, %d samples, %s" % (statistic, count, setting), source + text,
                              {"minutes": 1, "series": [series({0: [1] * count})], "alarms": [alarm]},
                              alarms={"alarm": [] if ignored else changes((60, "ALARM"))})


# --- metric math ---------------------------------------------------------------------

NONE = -999  # stands for "-" in an expected series


def math_example(name, source, expression, values, metrics, first=0, assume=None):
    """One alarm for each expected value v: ALARM while the newest datapoint of
    the expression is v.  A missing datapoint is made visible by FILL."""
    expected = [NONE if v == "-" else v for v in values.split()]
    stats = [{"Id": i, "ReturnData": False,
              "MetricStat": {"Metric": {"Namespace": "App", "MetricName": i, "Dimensions": []},
                             "Period": 60, "Stat": "Sum"}} for i in metrics]
    alarms, answer = [], {}
    for value in sorted(set(expected), key=str):
        watched = "FILL(%s, %d) == %s" % (expression, NONE, value)
        query = {"Id": "result", "Expression": watched, "ReturnData": True}
        alarm_name = "is " + str(value)
        alarms.append({"AlarmName": alarm_name, "Metrics": [query] + stats, "EvaluationPeriods": 1,
                       "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold"})
        states = ["ALARM" if v == value else "OK" for v in expected]
        answer[alarm_name] = changes(*[(60 * (i + 1), s) for i, s in enumerate(states)
                                       if i == 0 or s != states[i - 1]])
    case = {"minutes": len(expected), "alarms": alarms,
            "series": [series({first + 60 * i: float(v) for i, v in enumerate(text.split()) if v != "-"}, metric=name_)
                       for name_, text in metrics.items()]}
    if assume:
        case["assume"] = assume
    return example(name, source, case, alarms=answer)


def metric_math():
    pair = {"metric1": "30 20 0 0", "metric2": "20 - 20 -"}
    table = MATH + '"Comparison and logical operators", table of outputs'
    yield math_example("metric1 < metric2", table, "(metric1 < metric2)", "0 0 1 0", pair)
    yield math_example("metric1 >= 30", table, "(metric1 >= 30)", "1 0 0 0", pair)
    yield math_example("metric1 > 15 AND metric2 > 15", table, "(metric1 > 15 AND metric2 > 15)", "1 0 0 0", pair)
    three = {"metric1": "1 1 0 0 -", "metric2": "30 - 0 0 30", "metric3": "0 0 20 - 20"}
    rules = MATH + '"Using IF expressions", table of '
    yield math_example("IF of three metrics", rules + "IF(metric1, metric2, metric3)",
                       "IF(metric1, metric2, metric3)", "30 0 20 - -", three)
    yield math_example("IF with scalar2", rules + "IF(metric1, scalar2, metric3)",
                       "IF(metric1, 5, metric3)", "5 5 20 - -", three)
    yield math_example("IF with scalar3", rules + "IF(metric1, metric2, scalar3)",
                       "IF(metric1, metric2, 5)", "30 0 5 5 -", three)
    uses = MATH + '"Use case examples for IF expressions"'
    low = {"metric1": "399 400 500 -"}
    yield math_example("low values", uses, "IF(metric1<400, metric1)", "399 - - -", low)
    yield math_example("two values", uses, "IF(metric1<400, 10, 2)", "10 2 2 -", low)
    yield math_example("latency over the threshold", uses, "IF(latency>threshold, 1, 0)", "1 0 0",
                       {"latency": "5 3 3", "threshold": "4 4 3"})
    yield math_example("scalar condition", MATH + '"IF(scalar1, metric2, metric3)"',
                       "IF(0, metric1, metric2)", "20 - 20 -", pair)
    arithmetic = MATH + '"Basic arithmetic functions": "Missing values ... treated as 0"; "divide by zero, the data point is dropped"'
    sparse = {"m1": "6 - 6 -", "m2": "3 3 - -"}
    yield math_example("m1 - m2", arithmetic, "m1 - m2", "3 -3 6 -", sparse)
    yield math_example("m1 / m2", arithmetic, "m1 / m2", "2 0 - -", sparse)
    yield math_example("AVG of an array", MATH + 'AVG: "Missing values are treated as 0."',
                       "AVG([m1, m2])", "4.5 1.5 3 -", sparse)
    yield math_example("SUM(METRICS())", MATH + '"The METRICS() function"', "SUM(METRICS())", "9 3 6 -", sparse)
    yield math_example("SUM(METRICS(\"errors\"))", MATH + '"The METRICS() function"', 'SUM(METRICS("errors"))',
                       "3 7 -", {"errors_a": "1 3 -", "errors_b": "2 4 -", "requests": "9 9 9"})
    yield math_example("m1/PERIOD(m1)", MATH + "PERIOD, example", "m1/PERIOD(m1)", "2 -", {"m1": "120 -"})
    yield math_example("FILL(m1, REPEAT)", MATH + "FILL, REPEAT", "FILL(m1, REPEAT)", "5 5 7", {"m1": "5 - 7"})
    yield math_example("FILL(m1,10)", MATH + "FILL, example", "FILL(m1,10)", "5 10 7", {"m1": "5 - 7"})
    yield math_example("FILL(METRICS(), m1) as SUM", MATH + "FILL, example", "SUM(FILL(METRICS(), m1))", "6 10 7",
                       {"m1": "5 5 5", "m2": "1 - 2"})
    yield math_example("CEIL(m1) - FLOOR(m1)", MATH + "CEIL, FLOOR", "CEIL(m1) - FLOOR(m1)", "1 1 0",
                       {"m1": "1.5 -1.5 2"})
    yield math_example("ABS(m1-m2)", MATH + "ABS, example", "ABS(m1-m2)", "2 2", {"m1": "1 3", "m2": "3 1"})
    yield math_example("weekdays", MATH + '"IF(DAY(m1)<6,m1) returns metrics only from weekdays"',
                       "IF(DAY(m1)<6,m1)", "4 - -", {"m1": "4 4 4"},
                       assume={"start_epoch": 1 * 86400 + 86400 - 60})  # Friday 2 January 1970, 23:59
    yield math_example("April", MATH + '"IF(MONTH(m1) == 4,m1) returns only metrics published in April"',
                       "IF(MONTH(m1) == 4,m1)", "- 4 4", {"m1": "4 4 4"},
                       assume={"start_epoch": 90 * 86400 - 60})  # 31 March 1970, 23:59


# --- composite alarms --------------------------------------------------------------------

def child(name, states):
    """A metric alarm and its series: one state a minute, A for ALARM, O for OK."""
    points = {60 * i: 1 if s == "A" else 0 for i, s in enumerate(states)}
    return metric_alarm(name, MetricName=name), series(points, metric=name)


def composite_case(rule, children, **fields):
    pairs = [child(name, states) for name, states in children.items()]
    composite = {"AlarmName": "composite", "AlarmRule": rule, "AlarmActions": ["arn:aws:sns:r:1:alarm"],
                 "OKActions": ["arn:aws:sns:r:1:ok"], **fields}
    return {"minutes": max(len(s) for s in children.values()), "series": [s for _, s in pairs],
            "alarms": [a for a, _ in pairs] + [composite]}


def composite():
    source = GUIDE + '"Composite alarms" (alarm-combining), "Example expressions": '
    rules = [
        ("ALARM(CPUUtilizationTooHigh) AND ALARM(DiskReadOpsTooHigh)",
         {"CPUUtilizationTooHigh": "OAOA", "DiskReadOpsTooHigh": "OOAA"}, "OOOA"),
        ("ALARM(CPUUtilizationTooHigh) AND NOT ALARM(DeploymentInProgress)",
         {"CPUUtilizationTooHigh": "OAOA", "DeploymentInProgress": "OOAA"}, "OAOO"),
        ("(ALARM(CPUUtilizationTooHigh) OR ALARM(DiskReadOpsTooHigh)) AND OK(NetworkOutTooHigh)",
         {"CPUUtilizationTooHigh": "OAOAOAOA", "DiskReadOpsTooHigh": "OOAAOOAA",
          "NetworkOutTooHigh": "OOOOAAAA"}, "OAAAOOOO"),
        ('(ALARM("CPUUtilizationTooHigh") OR \nALARM("DiskReadOpsTooHigh")) AND \nOK("NetworkOutTooHigh")',
         {"CPUUtilizationTooHigh": "OAOAOAOA", "DiskReadOpsTooHigh": "OOAAOOAA",
          "NetworkOutTooHigh": "OOOOAAAA"}, "OAAAOOOO"),
        ("AT_LEAST(2, ALARM, (WebServer1CPU, WebServer2CPU, WebServer3CPU, WebServer4CPU))",
         {"WebServer1CPU": "OAAAA", "WebServer2CPU": "OOAAA", "WebServer3CPU": "OOOAA",
          "WebServer4CPU": "OOOOA"}, "OOAAA"),
        ("AT_LEAST(50%, OK, (DatabaseConnection1, DatabaseConnection2, DatabaseConnection3, DatabaseConnection4))",
         {"DatabaseConnection1": "OAAAA", "DatabaseConnection2": "OOAAA", "DatabaseConnection3": "OOOAA",
          "DatabaseConnection4": "OOOOA"}, "AAAOO"),
        ("AT_LEAST(2, ALARM, (AZ1Health, AZ2Health, AZ3Health)) AND NOT ALARM(MaintenanceWindow)",
         {"AZ1Health": "OAAA", "AZ2Health": "OOAA", "AZ3Health": "OOOO", "MaintenanceWindow": "OOOA"}, "OOAO"),
        ("TRUE", {"any": "OO"}, "AA"),
        ("FALSE", {"any": "AA"}, "OO"),
    ]
    names = {"A": "ALARM", "O": "OK"}
    for rule, children, states in rules:
        answer = [(60 * (i + 1), names[s]) for i, s in enumerate(states) if i == 0 or s != states[i - 1]]
        actions = [{"second": second, "alarm": "composite",
                    "actions": ["arn:aws:sns:r:1:alarm" if state == "ALARM" else "arn:aws:sns:r:1:ok"]}
                   for second, state in answer]
        yield example(rule, source + rule, composite_case(rule, children),
                      alarms={"composite": changes(*answer)}, actions=actions)
    arn = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:"
    yield example("by ARN", GUIDE + '"Alarm references": "using either the alarm name or ARN"',
                  composite_case('ALARM(%sa) OR ALARM("%sb")' % (arn, arn), {"a": "OAO", "b": "OOA"}),
                  alarms={"composite": changes((60, "OK"), (120, "ALARM"))})
    yield example("quotes in a name", GUIDE + '"Alarm references": "backslash escape (\\\\)"',
                  composite_case(r'ALARM("a \"b\" (c), d")', {'a "b" (c), d': "OA"}),
                  alarms={"composite": changes((60, "OK"), (120, "ALARM"))})


# --- suppression ---------------------------------------------------------------------------

START = 10  # t0 is minute 10, so that everything is quiet before


def suppression_example(name, text, own, suppressor, acts, minutes=12, wait=2, extension=3):
    """own, suppressor: {t: state letter}; acts: [(t, "alarm" or "ok")].

    One time unit is one minute.  The composite alarm's first OK comes at
    second 60 and its OK actions at the end of that WaitPeriod."""
    def states(turns):
        letters, now = "", "O"
        for minute in range(1, START + minutes + 1):
            now = turns.get(minute - START, now)
            letters += now
        return letters
    case = composite_case("ALARM(child)", {"child": states(own), "suppressor": states(suppressor)},
                          ActionsSuppressor="suppressor", ActionsSuppressorWaitPeriod=wait * 60,
                          ActionsSuppressorExtensionPeriod=extension * 60)
    at = [(1 + wait - START, "ok")] + acts
    actions = [{"second": (START + t) * 60, "alarm": "composite", "actions": ["arn:aws:sns:r:1:" + which]}
               for t, which in at]
    return example(name, SUPPRESSION + text, case, actions=actions)


def suppression():
    yield suppression_example("first image", 'WaitPeriod image: ALARM at t2, WaitPeriod t2 to t8, suppressor ALARM at t4',
                              {2: "A"}, {4: "A"}, [], wait=6, extension=6)
    yield suppression_example("second image", "ExtensionPeriod image: suppressor OK at t2, period t2 to t8, composite "
                              "OK before t8 (here at t5; its new WaitPeriod of 6 ends at t11)",
                              {-1: "A", 5: "O"}, {-2: "A", 2: "O"}, [(11, "ok")], wait=6, extension=6)
    yield suppression_example("Example 1", "Example 1: actions at t4", {2: "A"}, {}, [(4, "alarm")])
    yield suppression_example("Example 2", "Example 2: no actions", {2: "A"}, {3: "A"}, [])
    yield suppression_example("Example 3", "Example 3: actions at t5", {2: "A", 3: "O"}, {}, [(5, "ok")])
    yield suppression_example("Example 4", "Example 4: no actions", {2: "A"}, {1: "A"}, [])
    yield suppression_example("Example 5", "Example 5: actions at t9", {2: "A"}, {3: "A", 6: "O"}, [(9, "alarm")])
    yield suppression_example("Example 6", "Example 6: actions at t9 (the text's \"ends at t8\" for an ExtensionPeriod of 3 "
                              "from t6 does not matter: it is discarded at t7)",
                              {2: "A", 7: "O"}, {3: "A", 6: "O"}, [(9, "ok")])


FILES = {"missing-data-tables": missing_data, "missing-data-text": missing_data_text,
         "missing-data-2018": missing_data_old, "evaluation": evaluation, "low-samples": low_samples,
         "metric-math": metric_math, "composite": composite, "suppression": suppression}


def main():
    for name, build in FILES.items():
        with open(os.path.join(HERE, name + ".json"), "w") as file:
            file.write("[\n" + ",\n".join(json.dumps(e) for e in build()) + "\n]\n")


if __name__ == "__main__":
    main()
