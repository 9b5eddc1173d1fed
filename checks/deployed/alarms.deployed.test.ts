import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { SNSClient } from "@aws-sdk/client-sns";
import { apply } from "../../ops/deploy/deployment";
import { findEnvironment } from "../../ops/emulator/emulator";
import { Copy } from "../../ops/shell/copy";
import { until } from "../../ops/shell/until";
import { containersOf, docker } from "./containers";
import { Subscriber } from "./subscriber";

/**
 * Alarms of the dev stacks, with the objectives of staging, from requests to people. The control plane's minutes are short; SNS's mails, retries
 * and signatures are AWS's, and not shown here.
 */
jest.setTimeout(1_800_000);

const dashboard = process.env.LOAD_BALANCERS_URL ?? "http://127.0.0.1:8081";
const alarmOf = (service: string) => `portfolio-dashboard-dev-${service}`;
const topicArn = `arn:aws:sns:us-east-1:${process.env.AWS_ACCESS_KEY_ID}:portfolio-dashboard-dev-page`;
const dev = findEnvironment("dev");

const cloudWatch = new CloudWatchClient();
const sns = new SNSClient();

beforeAll(async () => {
  const copy = await Copy.make();
  try {
    copy.edit(
      "stacks/environments.ts",
      'objectives: { none: "its developers see for themselves" }',
      "objectives: { availabilityPercent: 99.9, latency: { percent: 99, seconds: 1 } }",
    );
    await apply(dev, process.env, copy.folder);
  } finally {
    copy.remove();
  }
  // A new alarm says OK when it has looked for the first time.
  await until("the alarms have looked", 60, async () => {
    const AlarmTypes = ["MetricAlarm" as const, "CompositeAlarm" as const];
    const { MetricAlarms = [], CompositeAlarms = [] } = await cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmTypes, MaxRecords: 100 }),
    );
    const telling = [...MetricAlarms, ...CompositeAlarms].filter(({ OKActions }) => OKActions?.includes(topicArn));
    return telling.every(({ StateValue }) => StateValue === "OK");
  });
});

afterAll(async () => {
  await apply(dev, process.env);
});

/** Asks for the same, ten times a second, until it is stopped: 6,000 times at most. */
function load(path: string): { stop: () => void } {
  let left = 6000;
  const timer = setInterval(() => {
    if (left-- <= 0) clearInterval(timer);
    fetch(dashboard + path).then(
      (response) => response.arrayBuffer(),
      () => undefined,
    );
  }, 100);
  return { stop: () => clearInterval(timer) };
}

it("tells a subscriber once that the backend fails, by name, and when it is over", async () => {
  const subscriber = await Subscriber.listen(sns, topicArn);
  const requests = load("/api/ready");
  const rings = `ALARM ${alarmOf("backend")}`;
  const over = `OK ${alarmOf("backend")}`;
  const containers = containersOf("dev", "backend", "app");
  const restore = () => {
    for (const container of containers) docker("exec", container, "chmod", "755", "/data/portfolio");
  };
  try {
    // Its volume goes away under the app, which goes on with what it has, and says that it is not ready.
    for (const container of containers) docker("exec", container, "chmod", "000", "/data/portfolio");
    expect((await fetch(`${dashboard}/api/assets`)).status).toBe(200);
    expect((await fetch(`${dashboard}/api/ready`)).status).toBe(503);
    await until(rings, 60, async () => subscriber.told.includes(rings));
    restore();
    await until(over, 300, async () => subscriber.told.includes(over));
    // Nothing of the frontend, whose every answer failed as well.
    expect(subscriber.told).toEqual([rings, over]);
  } finally {
    restore();
    requests.stop();
    await subscriber.leave();
  }
});
