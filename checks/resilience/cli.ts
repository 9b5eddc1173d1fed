import { Command, InvalidArgumentError } from "commander";
import { environments } from "../../stacks/environments";
import { runProof } from "../run-proof";
import { drillsWith, prove } from "./prove";

/** As many as fit beside the other drills. */
const usualKills = 2;
/** Nobody else's machine is loaded or broken. */
const loopback = /^(localhost|.+\.localhost|127\.[\d.]+|\[::1\])$/;
const names = drillsWith(usualKills).map(({ id }) => id);

interface Options {
  readonly environment: string;
  readonly drill?: readonly string[];
  readonly count: number;
  readonly endpoint?: string;
  readonly loadBalancers?: string;
}

runProof(
  new Command("prove")
    .description(
      "Deploys an environment to the emulated AWS, runs drills on it, most of which cause a failure, and destroys it. Writes reports/proof.json and reports/proof.html. Ends with 0 when every drill passed, 1 when one failed, 2 when it could not run.",
    )
    .option(
      "--environment <name>",
      `environment: ${environments.map(({ name }) => name).join(", ")}`,
      asEnvironment,
      "staging",
    )
    .option(
      "--drill <names>",
      `drills to run, separated by commas: ${names.join(", ")}; rollback means all that begin with rollback-`,
      asDrills,
    )
    .option("--count <number>", "how often the drill `kill` kills a deployment", asCount, usualKills)
    .option("--endpoint <url>", "use the emulated AWS at this address; its features are measured first", asUrl)
    .option("--load-balancers <url>", "address of its load balancers, if it differs", asUrl)
    .action(async ({ environment, drill, count, endpoint, loadBalancers }: Options) => {
      const chosen = drillsWith(count).filter(({ id }) => !drill || drill.includes(id));
      const another = endpoint ? { endpoint, loadBalancers: loadBalancers ?? endpoint } : undefined;
      process.exit((await prove(environment, chosen, another)) ? 0 : 1);
    }),
);

function asEnvironment(name: string): string {
  if (environments.some((row) => row.name === name)) return name;
  throw new InvalidArgumentError(`There are ${environments.map((row) => row.name).join(", ")}.`);
}

function asDrills(list: string): string[] {
  const wanted = list.split(",").filter(Boolean);
  const matching = (start: string) => names.filter((name) => name === start || name.startsWith(`${start}-`));
  const unknown = wanted.filter((start) => matching(start).length === 0);
  if (unknown.length === 0 && wanted.length > 0) return wanted.flatMap(matching);
  throw new InvalidArgumentError(`There are ${names.join(", ")}; rollback means all that begin with rollback-.`);
}

function asCount(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("A number from 1 to 999.");
}

function asUrl(text: string): string {
  const isHttp = URL.canParse(text) && /^https?:/.test(text);
  if (isHttp && loopback.test(new URL(text).hostname)) return text.replace(/\/$/, "");
  throw new InvalidArgumentError("An address of this machine, such as http://127.0.0.1:4566.");
}
