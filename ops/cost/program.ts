import { Command, InvalidArgumentError, Option } from "commander";
import { assumptions, type Overrides } from "../../packages/prices/usage";
import type { Environment } from "../../stacks/environments";
import type { Service } from "../../stacks/services";
import { alternatives } from "./alternatives";
import { estimate } from "./estimate";
import { asJson } from "./json";
import { compare, describe } from "./print";

type Options = Overrides & { readonly environment: string; readonly json?: true };

/** The command line. It ends with 1 when the price of a resource is not known. */
export function createProgram(rows: readonly Environment[], services: readonly Service[]): Command {
  const names = rows.map(({ name }) => name);
  const program = new Command("cost")
    .description(
      "Prints the monthly cost of an environment, computed from its synthesized stacks. Ends with 1 if the price of a resource is not known.",
    )
    .addOption(
      new Option("--environment <name>", "environment: a row of stacks/environments.ts, or all next to each other")
        .choices([...names, "all"])
        .default(names[0]),
    )
    .option("--json", "print JSON")
    .option(
      "--requests-per-second <number>",
      "requests per second to the public load balancer, average of the month",
      amount,
    )
    .action(({ environment, json, ...overrides }: Options) => {
      const chosen = rows.filter(({ name }) => [name, "all"].includes(environment));
      const { text, isComplete } = report(chosen, services, overrides, json === true);
      process.stdout.write(`${text}\n`);
      if (!isComplete) process.exitCode = 1;
    });
  for (const [name, { unit }] of Object.entries(assumptions)) program.option(`--${kebab(name)} <number>`, unit, amount);
  return program;
}

function report(rows: readonly Environment[], services: readonly Service[], overrides: Overrides, json: boolean) {
  const estimates = rows.map((row) => estimate(row, services, overrides));
  const [only, ...more] = estimates;
  const isOne = only !== undefined && more.length === 0;
  const others = isOne ? alternatives(only.environment, services, overrides) : [];
  const text = () => (isOne ? describe(only, others, overrides) : compare(estimates));
  return {
    text: json ? asJson(estimates, others, overrides) : text(),
    isComplete: [...estimates, ...others.map((other) => other.estimate)].every(({ unknown }) => unknown.length === 0),
  };
}

function amount(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError("Allowed: a number from 0.");
}

function kebab(name: string): string {
  return name.replace(/[A-Z]|\d+/g, (part) => `-${part.toLowerCase()}`);
}
