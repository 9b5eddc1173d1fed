import { readFileSync, writeFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { synthesizedStacks } from "./classify/construct-path";
import { CommentError, postComment } from "./comment/github";
import { type PlaceOptions, placeOf } from "./comment/place";
import { kinds } from "./effects/effect";
import { type Allowance, ConfigurationError, readAllowances } from "./judge/allowances";
import { type OwnTypes, readOwnTypes } from "./judge/own-types";
import { version } from "./package.json";
import { githubLimit } from "./print/markdown";
import { type Format, formats, print } from "./print/print";
import { withoutControls } from "./print/visible";
import { readPlanFiles } from "./read/file";
import { PlanError } from "./read/read";
import { type Review, reviewPlans, type Verdict } from "./review";

interface Options {
  readonly format: Format;
  readonly failOn: keyof typeof gates;
  readonly config?: string;
  readonly synthesized: string;
  readonly limit: number;
  readonly full?: string;
}

/** The verdicts that shut each gate. */
export const gates: Readonly<Record<"dangerous" | "unknown" | "look" | "never", readonly Verdict[]>> = {
  dangerous: ["dangerous"],
  unknown: ["dangerous", "unknown"],
  look: ["dangerous", "unknown", "look"],
  never: [],
};

/** 0: reviewed. 2: something could not be read, and nothing was reviewed. 3: reviewed, and the verdict reaches --fail-on. */
export const exitCodes = { reviewed: 0, unreadable: 2, gated: 3 } as const;

export interface Surroundings {
  readonly write: (text: string) => void;
  readonly complain: (text: string) => void;
  readonly isColoured: boolean;
  readonly today: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export function createProgram(surroundings: Surroundings, end: (exitCode: number) => void): Command {
  const program = new Command("plan-review")
    .version(version, "--version", "print the version")
    .description(
      "What Terraform or OpenTofu plans would do, for somebody who has a minute. Ends with 3 when the verdict reaches --fail-on.",
    )
    .argument(
      "<plan.json...>",
      "what terraform show -json wrote, one file a stack, also compressed; - is the standard input",
    )
    .addOption(new Option("--format <format>", "how to print").choices(formats).default("terminal"))
    .addOption(
      new Option("--fail-on <verdict>", "end with 3 at this verdict, or a worse one")
        .choices(Object.keys(gates))
        .default("never"),
    )
    .option("--config <file>", "findings that are allowed until a day, and types of your own")
    .option("--synthesized <folder>", "where CDKTF wrote the stacks, for the paths of constructs", "cdktf.out")
    .option("--limit <characters>", "of markdown", characters, githubLimit)
    .option("--full <file>", "also write everything, uncut, as HTML")
    .action((files: string[], options: Options) => end(run(files, options, surroundings)));
  program
    .command("comment")
    .description(
      "Posts the review as a comment on a pull request of GitHub, or updates the one that it has posted. Needs GITHUB_TOKEN; in GitHub Actions it finds the pull request by itself.",
    )
    .argument("<plan.json...>", "as above")
    .option("--repository <owner/name>", "default: GITHUB_REPOSITORY")
    .option("--pull-request <number>", "default: that of the event")
    .option("--name <name>", "to keep several comments apart", "plans")
    .action(async (files: string[], _: CommentOptions, command: Command) =>
      end(await comment(files, command.optsWithGlobals() as Options & CommentOptions, surroundings)),
    );
  return program;
}

type CommentOptions = PlaceOptions & { readonly name: string };

async function comment(
  files: readonly string[],
  options: Options & CommentOptions,
  { write, complain, today, env = {} }: Surroundings,
): Promise<number> {
  try {
    const review = reviewOf(files, options, today);
    const place = placeOf(options, env);
    const did = await postComment(place, options.name, print(review, "markdown", { limit: options.limit - markSpace }));
    write(`${did} on ${place.repository}#${place.pullRequest}: ${review.verdict}\n`);
    return gates[options.failOn].includes(review.verdict) ? exitCodes.gated : exitCodes.reviewed;
  } catch (error) {
    complain(`${withoutControls(explained(error))}\n`);
    return exitCodes.unreadable;
  }
}

/** For the mark by which the comment is found again. */
const markSpace = 200;

function reviewOf(files: readonly string[], options: Options, today: string): Review {
  return reviewPlans(readPlanFiles(files), {
    stacks: synthesizedStacks(options.synthesized),
    ...(options.config === undefined ? {} : configurationIn(options.config)),
    today,
  });
}

function run(files: readonly string[], options: Options, { write, complain, isColoured, today }: Surroundings): number {
  try {
    const review = reviewOf(files, options, today);
    // First the file, which may not be writable: then nothing is printed that looks like a success.
    if (options.full !== undefined) writeFull(options.full, print(review, "html"));
    write(print(review, options.format, { isColoured, limit: options.limit }));
    return gates[options.failOn].includes(review.verdict) ? exitCodes.gated : exitCodes.reviewed;
  } catch (error) {
    complain(`${withoutControls(explained(error))}\n`);
    return exitCodes.unreadable;
  }
}

function explained(error: unknown): string {
  if (error instanceof PlanError || error instanceof ConfigurationError || error instanceof CommentError)
    return error.message;
  if (error instanceof RangeError && error.message.includes("call stack")) {
    return "A value of a plan is nested too deeply to be read.";
  }
  // Its message could quote a value.
  const [where = "an unknown place"] = /[\w-]+\.ts:\d+/.exec((error as Error).stack ?? "") ?? [];
  return `Nothing was reviewed: a value of a plan has a form that is not expected (${(error as Error).name}, ${where}).`;
}

function writeFull(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new ConfigurationError(`${file} cannot be written: ${(error as Error).message.split(",")[0]}.`);
  }
}

/** What a configuration allows, and what it says of types of one's own. */
export function configurationIn(file: string): { readonly allowances: Allowance[]; readonly own: OwnTypes } {
  const text = textOf(file);
  return { allowances: readAllowances(file, text, Object.keys(kinds)), own: readOwnTypes(file, text) };
}

export function allowancesIn(file: string): Allowance[] {
  return configurationIn(file).allowances;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigurationError(`${file} cannot be read: ${(error as Error).message}`);
  }
}

function characters(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 2000) return value;
  throw new InvalidArgumentError("Allowed: a whole number from 2000.");
}
