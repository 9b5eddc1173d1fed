import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  created,
  deleted,
  type MadeChange,
  planText,
  replaced,
  unchanged,
  updated,
} from "../../packages/plan-review/made-plan.fixture";
import { createProgram } from "../../packages/plan-review/program";

/** How long a review of 10,000 resources takes, from the start of the program to its end, and how much memory. Prints both. */
const resources = 10_000;

if (process.argv[2] === "measured") measured(process.argv.slice(3));
else main();

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), "plan-review-"));
  const file = join(folder, "large.plan.json");
  writeFileSync(file, planText({ changes: Array.from({ length: resources }, (_, index) => change(index)) }));
  for (const format of ["markdown", "json", "html"]) {
    const startedAt = performance.now();
    const { stderr } = spawnSync(
      process.execPath,
      [...process.execArgv, __filename, "measured", "--format", format, file],
      { encoding: "utf8" },
    );
    const seconds = (performance.now() - startedAt) / 1000;
    const megabytes = /^(\d+) MB$/m.exec(stderr)?.[1] ?? `failed: ${stderr}`;
    // On a machine that does other work, too, only the CPU's time says something.
    const cpu = /^([\d.]+) s of CPU$/m.exec(stderr)?.[1];
    console.log(
      `${resources} resources (${Math.round(statSync(file).size / 1e6)} MB), ${format}: ${seconds.toFixed(2)} s, ${cpu} s of CPU, ${megabytes} MB`,
    );
  }
  rmSync(folder, { recursive: true });
}

function measured(args: readonly string[]): void {
  const surroundings = {
    write: () => {},
    complain: (text: string) => process.stderr.write(text),
    isColoured: false,
    today: "2026-01-01",
  };
  createProgram(surroundings, () => {}).parse(args, { from: "user" });
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  process.stderr.write(
    `${Math.round(maxRSS / 1024)} MB\n${((userCPUTime + systemCPUTime) / 1e6).toFixed(2)} s of CPU\n`,
  );
}

/** A mixture of what large plans have: mostly unchanged, some of everything else, a secret in every tenth. */
function change(index: number): MadeChange {
  const policy = JSON.stringify({
    Statement: [{ Sid: "A", Effect: "Allow", Action: ["s3:GetObject"], Resource: `arn:aws:s3:::b${index}/*` }],
  });
  const group = { id: `sg-${index}`, name: `g${index}`, description: "x".repeat(200) };
  switch (index % 10) {
    case 0:
      return {
        ...updated(
          `aws_db_instance.d${index}`,
          { password: `secret-${index}-before`, size: 1 },
          { password: `secret-${index}-after`, size: 2 },
        ),
        before_sensitive: { password: true },
        after_sensitive: { password: true },
      };
    case 1:
      return updated(`aws_iam_policy.p${index}`, { policy }, { policy: policy.replace("GetObject", "PutObject") });
    case 2:
      return created(`aws_vpc_security_group_ingress_rule.r${index}`, {
        security_group_id: `sg-${index + 1}`,
        cidr_ipv4: "10.0.0.0/8",
        ip_protocol: "tcp",
        from_port: index,
        to_port: index,
      });
    case 3:
      return unchanged(`aws_security_group.g${index}`, group);
    case 4:
      return replaced(
        `aws_ecs_task_definition.t${index}`,
        {
          container_definitions: JSON.stringify([
            { name: "app", image: "r/app:1", environment: [{ name: "A", value: "1" }] },
          ]),
        },
        {
          container_definitions: JSON.stringify([
            { name: "app", image: "r/app:2", environment: [{ name: "A", value: "1" }] },
          ]),
        },
      );
    case 5:
      return index % 100 === 5
        ? deleted(`aws_s3_bucket.b${index}`, { bucket: `b${index}` })
        : unchanged(`aws_lb.l${index}`, {
            id: `lb-${index}`,
            name: `lb${index}`,
            internal: true,
            security_groups: [`sg-${index}`],
          });
    default:
      return unchanged(`acme_thing.u${index}`, {
        id: `u-${index}`,
        note: "x".repeat(300),
        list: Array.from({ length: 20 }, (_, each) => ({ each })),
      });
  }
}
