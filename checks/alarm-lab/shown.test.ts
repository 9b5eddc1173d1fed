import { mistakes } from "./examples";
import { shownTo } from "./shown";

const shown = (name: string) => shownTo(mistakes.find((each) => each.name === name) as never).join("\n");

it.each(mistakes.map((mistake) => [mistake.name, mistake] as const))("%s is shown to its author", (_, mistake) => {
  // A change of state with its reason, a state that stays with its reason, or why the alarm is skipped.
  expect(shownTo(mistake).join("\n")).toMatch(/-> \w+ {2}\(.+\)|all the time {2}\(.+\)|^skipped /m);
});

it.each([
  ["notification after a single datapoint", "the oldest breach is 3 periods old and nothing contradicts it"],
  ["low traffic", "notified alarm: alarm is INSUFFICIENT_DATA"],
  ["wrong unit", "unit Percent and Seconds"],
  ["wrong dimension name", "FunctionName f and absent, function_name absent and f"],
  ["wrong namespace", "namespace AWS/ELB and AWS/EC2"],
  ["one dimension too few", "InstanceId i and absent"],
  ["DatapointsToAlarm left out", "2 of 2 needed"],
  ["15 datapoints out of 1", "skipped alarm: datapoints_to_alarm is 15, more than the 1 evaluation_periods"],
  ["p99 with few samples", "too few samples for its percentile: the state is kept"],
])("%s: %s", (name, line) => {
  expect(shown(name)).toContain(line);
});
