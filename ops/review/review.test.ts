import { readFileSync } from "node:fs";
import { join } from "node:path";
import { oneZoneMore } from "../../checks/plan-review/change";
import { doneIn } from "../../checks/plan-review/done";
import { Copy } from "../shell/copy";
import { root } from "../shell/paths";
import { attempt } from "../shell/run";
import { changesIn, commitOf } from "./review";

it("reads what Terraform did from the log of a deployment", () => {
  const log = [
    "staging-network  aws_subnet.a: Plan to create",
    "staging-network  aws_subnet.a: Creating...",
    "staging-compute  aws_lb.b: Modifying... [id=arn:aws:lb]",
    "staging-network  aws_subnet.a: Still creating... [10s elapsed]",
    "staging-network  aws_subnet.c: Destroying... [id=subnet-1]",
    "staging-network  aws_subnet.a: Creation complete after 1s [id=subnet-2]",
  ];
  expect(doneIn(log.join("\n"))).toEqual(["create aws_subnet.a", "delete aws_subnet.c", "update aws_lb.b"]);
});

it("reads the same of a plan, a replacement as both", () => {
  const change = (address: string, ...actions: string[]) => ({ address, change: { actions } });
  const plan = {
    resource_changes: [
      change("aws_lb.b", "update"),
      change("aws_subnet.a", "delete", "create"),
      change("aws_vpc.c", "no-op"),
      change("data.aws_region.d", "read"),
    ],
  };
  expect(changesIn(JSON.stringify(plan))).toEqual(["create aws_subnet.a", "delete aws_subnet.a", "update aws_lb.b"]);
});

it("changes one row of the table", () => {
  const source = readFileSync(join(root, oneZoneMore.file), "utf8");
  expect(source.split(oneZoneMore.from)).toHaveLength(2);
});

it("says which branches there are when it does not know one", async () => {
  await expect(commitOf("no-such-branch")).rejects.toThrow(/^Git knows no commit "no-such-branch"\. Branches here: /);
  await expect(commitOf("--help")).rejects.toThrow(/knows no commit "--help"/);
});

it("leaves the number of the pull request also where there is no review", async () => {
  const copy = await Copy.make();
  const args = ["ops/cli.ts", "review", "--base", "no-such-branch", "--pull-request", "7"];
  const { code, output } = await attempt("node_modules/.bin/tsx", args, { cwd: copy.folder });
  expect(output).toContain('knows no commit "no-such-branch"');
  expect(code).toBe(1);
  expect(readFileSync(join(copy.folder, "reports/reviews/pull-request"), "utf8")).toBe("7");
  copy.remove();
}, 120_000);
