"""Writes mistakes.json: documented mistakes with CloudWatch alarms.

Each: name, source, authorExpected, awsDoes, aws (the request), terraform (the
same as Terraform JSON), case, expect.  The alarms are cut down from the source
("adapted" where numbers were not given there).  The answers were worked out by
hand from the guide's rules; with the assumption extra_datapoints=2 where the
length of the evaluation range matters.

python3 mistakes/build.py
"""
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
GITHUB = "https://github.com/"
ALARM = ["arn:aws:sns:us-east-1:123456789012:alarm"]
DAY = 86400


def alarm(name="alarm", operator=">=", **fields):
    names = {">=": "GreaterThanOrEqualToThreshold", ">": "GreaterThanThreshold",
             "<": "LessThanThreshold", "<=": "LessThanOrEqualToThreshold"}
    made = {"AlarmName": name, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": names[operator]}
    if "Metrics" not in fields:
        made.update({"Namespace": "App", "MetricName": "Value", "Statistic": "Sum", "Period": 60})
    made.update(fields)
    return {k: v for k, v in made.items() if v is not None}


def series(points, metric="Value", namespace="App", dimensions=None, **more):
    return {"namespace": namespace, "metric": metric, "dimensions": dimensions or {}, **more,
            "points": [{"second": s, "values": v if isinstance(v, list) else [v]} for s, v in sorted(points.items())]}


def math(expression, *metrics, period=60, stat="Sum"):
    return [{"Id": "result", "Expression": expression, "ReturnData": True}] + [
        {"Id": m, "ReturnData": False, "MetricStat": {"Metric": {"Namespace": "App", "MetricName": m, "Dimensions": []},
                                                      "Period": period, "Stat": stat}} for m in metrics]


def dims(**pairs):
    return [{"Name": k, "Value": v} for k, v in pairs.items()]


def ch(*pairs):
    return [{"second": s, "state": state} for s, state in pairs]


# --- AWS request to Terraform JSON ----------------------------------------------------

_TERRAFORM = {"AlarmName": "alarm_name", "ComparisonOperator": "comparison_operator", "EvaluationPeriods": "evaluation_periods",
              "DatapointsToAlarm": "datapoints_to_alarm", "Threshold": "threshold", "Namespace": "namespace",
              "MetricName": "metric_name", "Statistic": "statistic", "ExtendedStatistic": "extended_statistic",
              "Period": "period", "Unit": "unit", "TreatMissingData": "treat_missing_data", "AlarmActions": "alarm_actions",
              "OKActions": "ok_actions", "InsufficientDataActions": "insufficient_data_actions",
              "EvaluateLowSampleCountPercentile": "evaluate_low_sample_count_percentiles"}


def terraform(request):
    body = {_TERRAFORM[k]: v for k, v in request.items() if k in _TERRAFORM}
    if request.get("Dimensions"):
        body["dimensions"] = {d["Name"]: d["Value"] for d in request["Dimensions"]}
    for query in request.get("Metrics", []):
        block = {"id": query["Id"], "return_data": query["ReturnData"]}
        if "Expression" in query:
            block["expression"] = query["Expression"]
        else:
            stat = query["MetricStat"]
            block["metric"] = {"namespace": stat["Metric"]["Namespace"], "metric_name": stat["Metric"]["MetricName"],
                               "period": stat["Period"], "stat": stat["Stat"]}
        body.setdefault("metric_query", []).append(block)
    return {"resource": {"aws_cloudwatch_metric_alarm": {request["AlarmName"].replace("-", "_"): body}}}


def mistake(name, source, expected, does, request, data, minutes, **expect):
    return {"name": name, "source": source, "authorExpected": expected, "awsDoes": does, "aws": request,
            "terraform": terraform(request), "case": {"minutes": minutes, "series": data, "alarms": [request]},
            "expect": expect}


def missing_data():
    yield mistake("a day without data", "https://coderapp.vercel.app/answer/72093282 (Stack Overflow 72093282)",
                  "ALARM after the first day without data (period 1 day, 1 of 1, breaching)",
                  "OK until the last good datapoint has left the evaluation range: two days more than expected",
                  alarm(Period=DAY, Statistic="Average", Threshold=0, operator="<=", TreatMissingData="breaching"),
                  [series({-3 * DAY: 1, -2 * DAY: 1, -DAY: 1})], 2900, alarms={"alarm": ch((60, "OK"), (2 * DAY + 60, "ALARM"))})
    every_15 = [series({900 * i: 1 for i in range(4)}, metric="Errors", namespace="AWS/Lambda")]
    source = "https://eliasbrange.dev/posts/cloudwatch-alarms-never-miss-a-beat"
    yield mistake("an error every 15 minutes, period 5 minutes", source, "ALARM for 5 minutes, then OK, every 15 minutes",
                  "ALARM without end: there always is one error in the evaluation range of 3 periods",
                  alarm(MetricName="Errors", Namespace="AWS/Lambda", Period=300, TreatMissingData="notBreaching"),
                  every_15, 60, alarms={"alarm": ch((60, "ALARM"))})
    yield mistake("an error every 15 minutes, period 2 minutes", source, "ALARM for 2 minutes",
                  "ALARM for 6 minutes: the extra datapoints of the evaluation range keep the error in sight",
                  alarm(MetricName="Errors", Namespace="AWS/Lambda", Period=120, TreatMissingData="notBreaching"),
                  every_15[:1], 15, alarms={"alarm": ch((60, "ALARM"), (420, "OK"))})
    yield mistake("notification after a single datapoint", "http://phl-new.app2one.com/premiumsupport/knowledge-center/cloudwatch-alarm-single-data-point/ (AWS Knowledge Center)",
                  "ALARM only after three breaching datapoints", "ALARM after one, when only missing datapoints follow",
                  alarm(EvaluationPeriods=3, DatapointsToAlarm=3), [series({0: 1})], 3, final={"alarm": "ALARM"})
    yield mistake("5 of 5, one datapoint among missing ones", GITHUB + "code-dot-org/code-dot-org/pull/64797",
                  "no alarm from a single datapoint", "ALARM once it is as old as 5 periods (premature alarm state rule)",
                  alarm(Period=300, EvaluationPeriods=5, DatapointsToAlarm=5, Threshold=10, operator=">", AlarmActions=ALARM),
                  [series({0: 100})], 40, alarms={"alarm": ch((1260, "ALARM"), (2160, "INSUFFICIENT_DATA"))})
    yield mistake("OK in spite of missing data", GITHUB + "awsdocs/amazon-cloudwatch-user-guide/pull/36",
                  "INSUFFICIENT_DATA for 0 - - - -, because there are fewer datapoints than EvaluationPeriods",
                  "OK: the one datapoint is not breaching", alarm(EvaluationPeriods=3, DatapointsToAlarm=3),
                  [series({0: 0})], 5, final={"alarm": "OK"})
    yield mistake("no data treated as missing", GITHUB + "guardian/support-service-lambdas/pull/53",
                  "back to OK an hour after the error", "ALARM for three hours, then INSUFFICIENT_DATA",
                  alarm(Period=3600), [series({0: 1})], 300, alarms={"alarm": ch((60, "ALARM"), (10860, "INSUFFICIENT_DATA"))})
    yield mistake("a canary every 15 minutes", GITHUB + "aws/aws-cdk/issues/19813 (period adapted)",
                  "ALARM only if the canary fails or stops", "ALARM between two runs, missing data being breaching",
                  alarm(TreatMissingData="breaching", DatapointsToAlarm=1), [series({0: 0, 900: 0})], 20,
                  alarms={"alarm": ch((60, "OK"), (240, "ALARM"), (960, "OK"), (1140, "ALARM"))})
    yield mistake("no invocation, no alarm", GITHUB + "justeattakeaway/AwsWatchman/pull/270",
                  "ALARM when the function is not invoked", "INSUFFICIENT_DATA: no invocation, no datapoint",
                  alarm(MetricName="Invocations", Namespace="AWS/Lambda", operator="<"),
                  [series({0: 1, 60: 1}, metric="Invocations", namespace="AWS/Lambda")], 10,
                  alarms={"alarm": ch((60, "OK"), (300, "INSUFFICIENT_DATA"))})
    yield mistake("sparse errors, notBreaching", "https://hivebrain.dev/entry/896 (adapted: 3 of 3)",
                  "ALARM during a burst of errors with gaps", "OK: the gaps count as not breaching",
                  alarm(EvaluationPeriods=3, TreatMissingData="notBreaching"), [series({0: 5, 180: 5, 360: 5, 540: 5})], 12,
                  alarms={"alarm": ch((60, "OK"))})
    yield mistake("low traffic", GITHUB + "HHS/simpler-grants-gov/pull/1324 (times adapted)",
                  "OK while there is no traffic", "OK and INSUFFICIENT_DATA in turn, with a notification each time",
                  alarm(Statistic="Average", Threshold=0.2, InsufficientDataActions=ALARM, OKActions=ALARM),
                  [series({0: 0.001, 600: 0.002})], 15,
                  alarms={"alarm": ch((60, "OK"), (240, "INSUFFICIENT_DATA"), (660, "OK"), (840, "INSUFFICIENT_DATA"))},
                  actions=[{"second": s, "alarm": "alarm", "actions": ALARM} for s in (60, 240, 660, 840)])


def delay_and_period():
    yield mistake("late metric, breaching", GITHUB + "GovWifi/govwifi-terraform/pull/27",
                  "OK while the balance is 100 %", "ALARM: the datapoints come minutes late and are missing before",
                  alarm(MetricName="BurstBalance", Namespace="AWS/RDS", Statistic="Minimum", Threshold=45, operator="<=",
                        TreatMissingData="breaching"),
                  [series({60 * i: 100 for i in range(-10, 20)}, metric="BurstBalance", namespace="AWS/RDS", delaySeconds=240)],
                  20, alarms={"alarm": ch((60, "ALARM"))})
    yield mistake("period below the metric's interval", GITHUB + "aws/aws-cli/issues/180",
                  "ALARM while messages are waiting", "INSUFFICIENT_DATA in between: SQS then had one datapoint in 5 minutes",
                  alarm(MetricName="ApproximateNumberOfMessagesVisible", Namespace="AWS/SQS", Statistic="Average"),
                  [series({300 * i: 9 for i in range(3)}, metric="ApproximateNumberOfMessagesVisible", namespace="AWS/SQS")], 12,
                  alarms={"alarm": ch((60, "ALARM"), (240, "INSUFFICIENT_DATA"), (360, "ALARM"), (540, "INSUFFICIENT_DATA"), (660, "ALARM"))})
    unhealthy = {60 * i: 0 for i in range(-70, 30)} | {420: 1, 480: 1}
    yield mistake("periods slide", GITHUB + "guardian/cdk/pull/1063",
                  "two unhealthy minutes are one or two breaching datapoints, once and for all",
                  "the 5-minute periods are cut anew every minute: ALARM for one minute in five",
                  alarm(MetricName="UnHealthyHostCount", Statistic="Maximum", Period=300, EvaluationPeriods=12, DatapointsToAlarm=2),
                  [series(unhealthy, metric="UnHealthyHostCount")], 30,
                  alarms={"alarm": ch((60, "OK"), *[c for t in (780, 1080, 1380, 1680) for c in ((t, "ALARM"), (t + 60, "OK"))])})
    yield mistake("an hour meant, five minutes set", GITHUB + "guardian/gateway/pull/3443",
                  "ALARM when there was no registration for an hour", "ALARM after 5 minutes: the expression's period was 5 minutes",
                  alarm(Metrics=math("FILL(registrations, 0)", "registrations", period=300), operator="<"),
                  [series({-60: 1, 0: 1}, metric="registrations")], 10, alarms={"alarm": ch((60, "OK"), (360, "ALARM"))})
    yield mistake("one notification a day", GITHUB + "DataBiosphere/azul/pull/7177",
                  "a notification for every event", "one: the alarm stays in ALARM for the day's period",
                  alarm(Period=DAY, Threshold=0, operator=">", AlarmActions=ALARM, TreatMissingData="notBreaching"),
                  [series({0: 1, 21600: 1})], 600,
                  alarms={"alarm": ch((60, "ALARM"))}, actions=[{"second": 60, "alarm": "alarm", "actions": ALARM}])


def identity():
    cpu = {60 * i: 95 for i in range(5)}
    yield mistake("wrong unit", GITHUB + "awsdocs/aws-doc-sdk-examples/pull/409", "ALARM above 70 %",
                  "INSUFFICIENT_DATA for ever: CPUUtilization has no values in Seconds",
                  alarm(MetricName="CPUUtilization", Namespace="AWS/EC2", Statistic="Average", Threshold=70, operator=">", Unit="Seconds"),
                  [series(cpu, metric="CPUUtilization", namespace="AWS/EC2", unit="Percent")], 5, alarms={"alarm": []})
    yield mistake("wrong dimension name", GITHUB + "hashicorp/terraform-provider-aws/issues/4732", "ALARM on an error",
                  "INSUFFICIENT_DATA: the dimension is FunctionName",
                  alarm(MetricName="Errors", Namespace="AWS/Lambda", Dimensions=dims(function_name="f")),
                  [series({0: 1}, metric="Errors", namespace="AWS/Lambda", dimensions={"FunctionName": "f"})], 5, alarms={"alarm": []})
    yield mistake("wrong namespace", GITHUB + "hashicorp/terraform/issues/4496", "ALARM when no host is healthy",
                  "INSUFFICIENT_DATA: HealthyHostCount is in AWS/ELB",
                  alarm(MetricName="HealthyHostCount", Namespace="AWS/EC2", Statistic="Minimum", Period=300, operator="<=",
                        Dimensions=dims(LoadBalancerName="elb")),
                  [series({60 * i: 0 for i in range(5)}, metric="HealthyHostCount", namespace="AWS/ELB", dimensions={"LoadBalancerName": "elb"})],
                  5, alarms={"alarm": []})
    yield mistake("Name and Value as dimensions", GITHUB + "hashicorp/terraform-provider-aws/issues/28455",
                  "the dimension FunctionName=my-lambda-function", "two dimensions, Name=FunctionName and Value=my-lambda-function: no data",
                  alarm(MetricName="Errors", Namespace="AWS/Lambda", Dimensions=dims(Name="FunctionName", Value="my-lambda-function")),
                  [series({0: 1}, metric="Errors", namespace="AWS/Lambda", dimensions={"FunctionName": "my-lambda-function"})], 5,
                  alarms={"alarm": []})
    yield mistake("one dimension too few", GITHUB + "hashicorp/terraform-provider-aws/issues/7834 (published dimensions adapted)",
                  "the alarm covers all instances of the group", "INSUFFICIENT_DATA: a metric is found by its exact set of dimensions",
                  alarm(MetricName="DiskSpaceUtilization", Namespace="System/Linux", Statistic="Maximum", Threshold=80,
                        Dimensions=dims(AutoScalingGroupName="g", MountPath="/")),
                  [series({0: 95}, metric="DiskSpaceUtilization", namespace="System/Linux",
                          dimensions={"AutoScalingGroupName": "g", "InstanceId": "i", "MountPath": "/"})], 5, alarms={"alarm": []})


def statistics_and_counts():
    yield mistake("Average of an error count", GITHUB + "Uniswap/uniswapx-parameterization-api/pull/356 (threshold adapted)",
                  "ALARM at 5 errors in 5 minutes", "OK: the Average is the error rate and never above 1",
                  alarm(MetricName="5XXError", Namespace="AWS/ApiGateway", Statistic="Average", Period=300, Threshold=5),
                  [series({60 * i: [1, 1, 1, 0] for i in range(10)}, metric="5XXError", namespace="AWS/ApiGateway")], 10,
                  alarms={"alarm": ch((60, "OK"))})
    yield mistake("Minimum of a log metric", GITHUB + "ACloudGuru/serverless-plugin-aws-alerts/pull/181",
                  "ALARM when one log line matches", "OK: the Minimum is that of the lines that do not match",
                  alarm(MetricName="barExceptions", Statistic="Minimum", Threshold=0, operator=">"),
                  [series({60 * i: [0, 0, 1] for i in range(5)}, metric="barExceptions")], 5, alarms={"alarm": ch((60, "OK"))})
    yield mistake("DatapointsToAlarm left out", GITHUB + "aws-samples/sample-autonomous-cloud-coding-agents/pull/674",
                  "ALARM at the first error", "never: it is 2 of 2, and an invocation metric has no second datapoint",
                  alarm(MetricName="Errors", Namespace="AWS/Lambda", Period=300, EvaluationPeriods=2, TreatMissingData="notBreaching"),
                  [series({0: 1}, metric="Errors", namespace="AWS/Lambda")], 30, alarms={"alarm": ch((60, "OK"))})
    yield mistake("15 datapoints out of 1", GITHUB + "hashicorp/terraform/issues/24070", "15 breaching minutes needed",
                  "refused: DatapointsToAlarm must be less than or equal to EvaluationPeriods",
                  alarm(DatapointsToAlarm=15), [], 1, errors=["alarm"])
    yield mistake("p99 with few samples", GITHUB + "CMSgov/beneficiary-fhir-data/pull/1544 (15 minutes as 1 period)",
                  "with ignore the alarm evaluates in the end, when 1000 requests have come together",
                  "never: the samples are those of the evaluation period, not of all time",
                  alarm(Statistic=None, ExtendedStatistic="p99", Period=900, EvaluateLowSampleCountPercentile="ignore"),
                  [series({60 * i: [2] * 30 for i in range(60)})], 60, alarms={"alarm": []})
    yield mistake("OK notification at creation", GITHUB + "aws-cloudformation/cloudformation-coverage-roadmap/issues/2486",
                  "no notification from a healthy new alarm", "OKActions: INSUFFICIENT_DATA to OK is a change of state",
                  alarm(OKActions=ALARM), [series({0: 0})], 2, alarms={"alarm": ch((60, "OK"))},
                  actions=[{"second": 60, "alarm": "alarm", "actions": ALARM}])


def metric_math():
    source = GITHUB + "compiler-explorer/infra/pull/1661"
    blue_green = [series({60 * i: 0 for i in range(10)}, metric="blue"),
                  series({60 * i: 3 for i in range(10) if i != 4}, metric="green")]
    yield mistake("missing plus 0", source, "no value, hence no change, while the metric of one group is missing",
                  "0: a missing value counts as 0 beside a present one, and the alarm goes off",
                  alarm(Metrics=math("blue + green", "blue", "green", stat="Average"), operator="<"), blue_green, 10,
                  alarms={"alarm": ch((60, "OK"), (300, "ALARM"), (360, "OK"))})
    yield mistake("DATAPOINT_COUNT as a test for presence", source, "the sum where both groups have a datapoint",
                  "DATAPOINT_COUNT of a series is a scalar over the evaluation range (3 and 3, not 1 and 1): never 2 once there is data",
                  alarm(Metrics=math("IF(DATAPOINT_COUNT(blue) + DATAPOINT_COUNT(green) == 2, blue + green)", "blue", "green", stat="Average"),
                        operator="<"),
                  [series({60 * i: 0 for i in range(-5, 10)}, metric="blue"), series({60 * i: 0 for i in range(-5, 10)}, metric="green")],
                  10, alarms={"alarm": []})
    yield mistake("FILL of a late metric", "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html (FILL, the guide's warning)",
                  "ALARM only when there are no requests", "ALARM for ever: the newest minute never has data and is filled",
                  alarm(Metrics=math("FILL(requests, 0)", "requests"), operator="<"),
                  [series({60 * i: 50 for i in range(-10, 20)}, metric="requests", delaySeconds=120)], 15, alarms={"alarm": ch((60, "ALARM"))})


def main():
    groups = (missing_data, delay_and_period, identity, statistics_and_counts, metric_math)
    mistakes = [m for group in groups for m in group()]
    with open(os.path.join(HERE, "mistakes.json"), "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(m) for m in mistakes) + "\n]\n")
    print(len(mistakes), "mistakes")


if __name__ == "__main__":
    main()
