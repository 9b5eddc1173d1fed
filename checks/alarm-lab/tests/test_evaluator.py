"""python3 -m unittest discover -s tests"""
import json
import os
import subprocess
import sys
import unittest

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir)
sys.path.insert(0, ROOT)

from evaluator.alarm_rule import AlarmRule, RuleError  # noqa: E402
from evaluator.alarm_state import state_of  # noqa: E402
from evaluator.assumptions import ALTERNATIVES, DEFAULTS, AssumptionError, with_defaults  # noqa: E402
from evaluator.case import evaluate  # noqa: E402
from evaluator.explain import explain  # noqa: E402
from evaluator.math_parser import MathError, parse  # noqa: E402
from evaluator.metric_math import MathQuery  # noqa: E402
from evaluator.metric_data import Store  # noqa: E402
from evaluator.statistics_of_values import StatisticError, check_statistic, statistic  # noqa: E402
from evaluator.suppressor import Suppressor  # noqa: E402

ASSUME = with_defaults(None)


def alarm(**fields):
    made = {"AlarmName": "a", "Namespace": "App", "MetricName": "m", "Statistic": "Sum", "Period": 60,
            "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanOrEqualToThreshold"}
    made.update(fields)
    return made


def series(points, **more):
    made = {"namespace": "App", "metric": "m", "dimensions": {},
            "points": [{"second": s, "values": v} for s, v in points.items()]}
    made.update(more)
    return made


def run(minutes, data, *alarms, **assume):
    return evaluate({"minutes": minutes, "series": data, "alarms": list(alarms), "assume": assume})


def pairs(result, name="a"):
    return [(c["second"], c["state"]) for c in result["alarms"][name]]


def math(expression, values, period=60, **assume):
    """The value of an expression; values: {id: [value or None, ...]}."""
    size = max(len(v) for v in values.values())
    data = [series({i * period: [v] for i, v in enumerate(column) if v is not None}, metric=name)
            for name, column in values.items()]
    queries = [{"Id": "r", "Expression": expression, "ReturnData": True}] + [
        {"Id": name, "ReturnData": False, "MetricStat": {"Metric": {"Namespace": "App", "MetricName": name},
                                                         "Period": period, "Stat": "Sum"}} for name in values]
    assume = with_defaults(assume)
    query = MathQuery(queries, Store(data), assume)
    return query.values([i * period for i in range(size)], size * period)


class Statistics(unittest.TestCase):
    def test_simple(self):
        values = [4, 1, 3, 2]
        for name, expected in (("Sum", 10), ("Average", 2.5), ("Minimum", 1), ("Maximum", 4), ("SampleCount", 4),
                               ("p50", 2), ("p75", 3), ("p100", 4), ("p0", 1), ("tm50", 1.5), ("TM(25%:75%)", 2.5),
                               ("IQM", 2.5), ("tc50", 2), ("TS(50%:)", 7), ("TM(1:3)", 2.5), ("PR(:2)", 50), ("wm75", 2.25)):
            self.assertEqual(statistic(name, values, ASSUME), expected, name)

    def test_percentile_methods_and_negative(self):
        self.assertEqual(statistic("p50", [1, 2, 3, 4], with_defaults({"percentile_method": "linear"})), 2.5)
        self.assertIsNone(statistic("p50", [-1, 2], ASSUME))
        self.assertIsNone(statistic("SampleCount", [], ASSUME))

    def test_unknown(self):
        for name in ("average", "p101", "TM(:)", "x"):
            with self.assertRaises(StatisticError):
                check_statistic(name)


class Math(unittest.TestCase):
    def test_precedence(self):
        one = {"m1": [1]}
        for text, expected in (("m1*0+2+3*4^2/2", 26), ("m1*0-2^2", -4), ("-m1^2", -1), ("m1*0+2^3^2", 512),
                               ("m1*0+2^-1", .5), ("m1*0+7-2-1", 4), ("m1*0+8/2/2", 2), ("m1*0+1<2", 1),
                               ("m1 > 5 AND m1 > 5 OR m1 == 1", 1), ("m1 == 1 || m1 > 5 && m1 > 5", 1), ("m1+.5+1e1", 11.5)):
            self.assertEqual(math(text, one), [expected], text)
        self.assertEqual(math("m1*0+2^3^2", one, power_associativity="left"), [64])
        self.assertEqual(math("-m1^2", {"m1": [3]}, power_before_minus=False), [9])

    def test_power_of_missing(self):
        two = {"m1": [2, None, 3, None, 0], "m2": [3, 2, None, None, -1]}
        self.assertEqual(math("m1^m2", two), [8, 0, 1, None, None])
        self.assertEqual(math("m1^0.5", {"m1": [4, -4]}), [2, None])

    def test_missing_readings(self):
        two = {"m1": [1, None, None], "m2": [1, 1, None]}
        self.assertEqual(math("m1+m2+1", two), [3, 2, None])
        self.assertEqual(math("m1+m2+1", two, math_missing="everywhere"), [3, 2, 1])
        self.assertEqual(math("m1+m2+1", two, math_missing="intersection"), [3, None, None])

    def test_series_functions(self):
        sparse = {"m1": [1, None, 4, 2]}
        for text, expected in (("DIFF(m1)", [None, None, 3, -2]), ("DIFF_TIME(m1)", [None, None, 120, 60]),
                               ("RATE(m1)*120", [None, None, 3, -4]), ("RUNNING_SUM(m1)", [1, None, 5, 7]),
                               ("FILL(m1, LINEAR)", [1, 2.5, 4, 2]), ("FILL(m1, REPEAT)", [1, 1, 4, 2]),
                               ("m1*0+SUM(m1)", [7, None, 7, 7]), ("m1*0+AVG(m1)", [1.75, None, 1.75, 1.75]),
                               ("m1*0+DATAPOINT_COUNT(m1)", [3, None, 3, 3]), ("TIME_SERIES(MAX(m1))", [4] * 4),
                               ("EPOCH(m1)", [0, 60, 120, 180]), ("MINUTE(m1)", [0, 1, 2, 3]), ("DAY(m1)", [4] * 4),
                               ("LOG10(m1*0+100)", [2, None, 2, 2]), ("LOG(m1-1)", [None, None, 1.0986122886681098, 0])):
            self.assertEqual(math(text, sparse), expected, text)
        self.assertEqual(math("FILL(m1, REPEAT)", {"m1": [None, 2]}), [None, 2])

    def test_arrays(self):
        three = {"m1": [1, 2], "m2": [5, None], "m3": [3, None]}
        for text, expected in (("MAX(METRICS())", [5, 2]), ("MIN([m1, m2])", [1, 2]), ("AVG(METRICS())", [3, 2 / 3]),
                               ("FIRST(SORT(METRICS(), AVG, DESC))", [5, None]), ("LAST(SORT(METRICS(), SUM, ASC))", [5, None]),
                               ("SLICE(SORT(METRICS(), MAX, DESC), 1, 2)", [3, None]), ("SUM(SLICE(METRICS(), 1))", [8, None]),
                               ("SUM(METRICS()*2)", [18, 4]), ("SUM([METRICS('1'), METRICS('2')])", [6, 2]),
                               ("m1*0+METRIC_COUNT(METRICS())", [3, 3]), ("STDDEV([m1, m2])", [2, 0]),
                               ("DATAPOINT_COUNT(METRICS())", [3, 1]), ("SUM(-[m1, m2])", [-6, -2]), ("MAX([m1, 4])", [4, 4])):
            self.assertEqual(math(text, three), expected, text)

    def test_refused(self):
        for text in ("SUM(m1)", "METRICS()*1+METRICS()", "METRICS()", "x+1", "m1 +", "FOO(m1)", "PERIOD(m1+1)", "m1 ? 2", "IF(METRICS(), 1, 0)"):
            with self.assertRaises(MathError, msg=text):
                math(text, {"m1": [1], "m2": [1]})

    def test_expressions_use_expressions(self):
        query = MathQuery([{"Id": "a", "Expression": "b+1"}, {"Id": "b", "Expression": "TIME_SERIES(1)", "Period": 60, "ReturnData": False}], Store([]), ASSUME)
        self.assertEqual(query.values([0, 60], 120), [2, 2])
        with self.assertRaises(MathError):
            MathQuery([{"Id": "a", "Expression": "b"}, {"Id": "b", "Expression": "a", "ReturnData": False}], Store([]), ASSUME)

    def test_tree(self):
        self.assertEqual(parse("a-b-1", ASSUME), ("op", "-", ("op", "-", ("id", "a"), ("id", "b")), ("number", 1.0)))


class States(unittest.TestCase):
    def state(self, text, n, m, treatment, current="OK", **assume):
        points = [{"0": False, "X": True, "-": None}[c] for c in text.split()]
        return state_of(points, n, m, treatment, current, with_defaults(assume))

    def test_premature_readings(self):
        self.assertEqual(self.state("- - - - X", 3, 3, "missing", premature_missing_state="retain"), "OK")
        self.assertEqual(self.state("- - - - X", 3, 3, "missing", "ALARM", premature_missing_state="OK"), "OK")
        self.assertEqual(self.state("X - - - -", 3, 3, "missing", premature_scope="evaluation_periods"), "INSUFFICIENT_DATA")
        self.assertEqual(self.state("- - - X X", 3, 2, "ignore"), "ALARM")

    def test_real_datapoints_suffice(self):
        for treatment in ("missing", "ignore", "breaching", "notBreaching"):
            self.assertEqual(self.state("X X - - X", 3, 3, treatment), "ALARM")
            self.assertEqual(self.state("X X 0 0 0", 3, 1, treatment), "OK")


class Time(unittest.TestCase):
    def test_delay(self):
        result = run(5, [series({0: [1], 60: [0]}, delaySeconds=90)], alarm())
        self.assertEqual(pairs(result), [(120, "ALARM"), (180, "OK"), (300, "INSUFFICIENT_DATA")])

    def test_alignment(self):
        data = [series({60 * i: [1 if i == 3 else 0] for i in range(-10, 20)})]
        self.assertEqual(pairs(run(12, data, alarm(Period=300))), [(60, "OK"), (240, "ALARM"), (540, "OK")])
        self.assertEqual(pairs(run(12, data, alarm(Period=300), period_alignment="aligned")), [(60, "OK"), (300, "ALARM"), (600, "OK")])

    def test_standard_resolution_with_short_period(self):
        data = [series({30: [1], 90: [1]}, storageResolution=60)]
        self.assertEqual(pairs(run(2, data, alarm(Period=10)))[0], (10, "ALARM"))

    def test_multiday(self):
        data = [series({3600 * i: [0] for i in range(-60, 30)} | {3700: [1]})]
        result = run(300, data, alarm(Period=3600, EvaluationPeriods=25, DatapointsToAlarm=1))
        self.assertEqual(pairs(result), [(3600, "OK"), (7200, "ALARM")])

    def test_at_zero(self):
        self.assertEqual(pairs(run(1, [series({-60: [1]})], alarm(), evaluate_at_zero=True)), [(0, "ALARM")])

    def test_low_sample_readings(self):
        data = [series({-60: [1] * 15, 0: [1] * 10})]
        asked = alarm(ExtendedStatistic="p50", Statistic=None, EvaluationPeriods=2, EvaluateLowSampleCountPercentile="ignore")
        self.assertEqual(pairs(run(1, data, asked)), [(60, "ALARM")])
        self.assertEqual(pairs(run(1, data, asked, low_sample_scope="any_period")), [])
        self.assertEqual(pairs(run(1, data, asked | {"TreatMissingData": "notBreaching"}, low_sample_effect="missing")), [(60, "OK")])

    def test_units(self):
        data = [series({0: [1]}, unit="Count"), series({0: [100]}, unit="Bytes")]
        self.assertEqual(pairs(run(1, data, alarm(Threshold=100, Unit="Count"))), [(60, "OK")])
        self.assertEqual(pairs(run(1, data, alarm(Threshold=101))), [(60, "ALARM")])
        self.assertEqual(pairs(run(1, data, alarm(Threshold=101), no_unit="first")), [(60, "OK")])
        self.assertEqual(pairs(run(1, [series({0: [1]})], alarm(Unit="None"))), [(60, "ALARM")])

    def test_refused(self):
        for fields in ({"Period": 45}, {"Period": 90}, {"Period": 60, "EvaluationPeriods": 1441}, {"Period": 3600, "EvaluationPeriods": 169},
                       {"DatapointsToAlarm": 2}, {"ComparisonOperator": "GreaterThanUpperThreshold"}, {"TreatMissingData": "x"},
                       {"ExtendedStatistic": "p99"}, {"Statistic": "Median"}, {"EvaluationWindow": {"WallClockWindow": {}}}):
            self.assertEqual(list(run(1, [], alarm(**fields))["errors"]), ["a"], fields)

    def test_unknown_assumption(self):
        with self.assertRaises(AssumptionError):
            run(1, [], alarm(), nonsense=1)

    def test_every_alternative_runs(self):
        lines = []
        for group in ("plain", "math", "power", "low-sample", "suppressor", "short-period"):
            command = [sys.executable, os.path.join(ROOT, "generate.py"), "--group", group, "--count", "3"]
            lines += subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
        self.assertLessEqual(set(ALTERNATIVES), set(DEFAULTS))
        for line in lines[:9]:
            for name, values in ALTERNATIVES.items():
                for value in values:
                    evaluate({**json.loads(line), "assume": {name: value}})

    def test_explain(self):
        case = {"minutes": 9, "series": [series({0: [1]})], "alarms": [alarm()]}
        self.assertIsNone(explain(case, evaluate(case)))
        other = evaluate({**case, "assume": {"extra_datapoints": 4}})
        self.assertEqual(explain(case, other), [{"extra_datapoints": 4}])
        self.assertEqual(explain(case, {"alarms": {}, "actions": []}), [])


class Composite(unittest.TestCase):
    def holds(self, rule, **states):
        return AlarmRule(rule, ASSUME).holds(states)

    def test_grammar(self):
        self.assertTrue(self.holds("ALARM(a) OR ALARM(b) AND ALARM(c)", a="ALARM", b="OK", c="OK"))
        self.assertFalse(self.holds("(ALARM(a) OR ALARM(b)) AND ALARM(c)", a="ALARM", b="OK", c="OK"))
        self.assertTrue(self.holds("NOT ALARM(a) AND NOT (OK(a))", a="INSUFFICIENT_DATA"))
        self.assertTrue(self.holds('AT_LEAST("67%", NOT OK, (a, b, "c"))', a="ALARM", b="INSUFFICIENT_DATA", c="ALARM"))
        self.assertFalse(self.holds("AT_LEAST(67%, ALARM, (a, b, c))", a="ALARM", b="ALARM", c="OK"))
        self.assertTrue(self.holds("false OR True"))
        for rule in ("", "ALARM()", "ALARM(a) ALARM(b)", "ALARM(a b)", "AND", "AT_LEAST(x, OK, (a))", "(TRUE"):
            with self.assertRaises(RuleError, msg=rule):
                AlarmRule(rule, ASSUME)

    def test_cycle_and_unknown(self):
        two = [{"AlarmName": "x", "AlarmRule": "ALARM(y)"}, {"AlarmName": "y", "AlarmRule": "OK(x)"}]
        self.assertEqual(run(3, [], *two)["alarms"], {"x": [], "y": []})
        result = run(3, [], {"AlarmName": "x", "AlarmRule": "ALARM(nothing)"}, {"AlarmName": "y", "AlarmRule": "OK(x)"})
        self.assertEqual(sorted(result["errors"]), ["x", "y"])

    def test_levels(self):
        result = run(2, [series({0: [0], 60: [1]})], {"AlarmName": "top", "AlarmRule": "ALARM(mid)"},
                     {"AlarmName": "mid", "AlarmRule": "ALARM(a)"}, alarm())
        self.assertEqual(pairs(result, "top"), [(60, "OK"), (120, "ALARM")])


class Suppression(unittest.TestCase):
    def run_machine(self, own, suppressor, wait=120, extension=180, **assume):
        return Suppressor(wait, extension, "INSUFFICIENT_DATA", with_defaults(assume)).run(own, suppressor, 3600)

    def test_no_period(self):
        self.assertEqual(self.run_machine([(60, "OK")], [], wait=0), [(60, "OK")])

    def test_extension_of_zero(self):
        suppressor = [(30, "ALARM"), (120, "OK")]
        self.assertEqual(self.run_machine([(60, "ALARM")], suppressor, extension=0), [(120, "ALARM")])
        self.assertEqual(self.run_machine([(60, "ALARM"), (120, "OK")], suppressor, extension=0), [(240, "OK")])

    def test_ties(self):
        own, suppressor = [(60, "ALARM")], [(180, "ALARM")]
        self.assertEqual(self.run_machine(own, suppressor), [])
        self.assertEqual(self.run_machine(own, suppressor, wait_period_tie="actions"), [(180, "ALARM")])

    def test_back_into_alarm_during_extension(self):
        self.assertEqual(self.run_machine([(60, "ALARM")], [(30, "ALARM"), (120, "OK"), (180, "ALARM")]), [])

    def test_extension_without_change(self):
        own, suppressor = [(60, "ALARM")], [(300, "ALARM"), (600, "OK")]
        self.assertEqual(self.run_machine(own, suppressor), [(180, "ALARM")])
        self.assertEqual(self.run_machine(own, suppressor, extension_without_change="repeat"), [(180, "ALARM"), (780, "ALARM")])

    def test_insufficient_data_is_not_alarm(self):
        self.assertEqual(self.run_machine([(60, "ALARM")], [(30, "ALARM"), (120, "INSUFFICIENT_DATA")]), [(300, "ALARM")])


class Actions(unittest.TestCase):
    scaling = "arn:aws:autoscaling:r:1:scalingPolicy:x"

    def test_autoscaling_repeats(self):
        data = [series({60 * i: [1 if i < 3 else 0] for i in range(6)})]
        request = alarm(AlarmActions=[self.scaling, "arn:aws:sns:r:1:t"])
        found = [(a["second"], a["actions"]) for a in run(6, data, request)["actions"]]
        self.assertEqual(found, [(60, request["AlarmActions"]), (120, [self.scaling]), (180, [self.scaling])])
        self.assertEqual(len(run(6, data, request, repeat_autoscaling=False)["actions"]), 1)

    def test_disabled_and_systems_manager(self):
        data = [series({0: [0]})]
        self.assertEqual(run(1, data, alarm(OKActions=["arn:aws:sns:r:1:t"], ActionsEnabled=False))["actions"], [])
        self.assertEqual(run(1, data, alarm(OKActions=["arn:aws:ssm:r:1:opsitem:1"]))["actions"], [])


class CommandLine(unittest.TestCase):
    def ask(self, text):
        return subprocess.run([sys.executable, "-m", "evaluator"], cwd=ROOT, input=text, capture_output=True, text=True, check=True).stdout

    def test_forms(self):
        case = json.dumps({"minutes": 1, "series": [], "alarms": [alarm()]})
        empty = {"alarms": {"a": []}, "actions": []}
        self.assertEqual(json.loads(self.ask(case)), empty)
        self.assertEqual(json.loads(self.ask("[%s]" % case)), [empty])
        self.assertEqual([json.loads(line) for line in self.ask(case + "\n" + case + "\n{}\n").splitlines()][:2], [empty, empty])


if __name__ == "__main__":
    unittest.main()
