import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type AwsCase, type AwsResult, assumptionsOf, run } from "./aws-case";

/** A worked example of AWS's documentation, or a documented mistake, with the answer typed from its source. */
export interface Example {
  readonly file: string;
  readonly name: string;
  readonly source: string;
  readonly case: AwsCase;
  /** Any of: all changes of some alarms, all actions, the last state of some alarms, a last state that they must not have. */
  readonly expect: Partial<Pick<AwsResult, "alarms" | "actions">> & {
    readonly final?: Readonly<Record<string, string>>;
    readonly finalNot?: Readonly<Record<string, string>>;
    readonly errors?: readonly string[];
  };
}

/** A mistake that somebody made with an alarm and wrote about. */
export interface Mistake extends Example {
  readonly authorExpected: string;
  readonly awsDoes: string;
  /** Terraform's JSON. */
  readonly terraform: object;
}

function read<Content>(folder: string): (Content & { readonly file: string })[] {
  const path = join(__dirname, folder);
  const files = readdirSync(path).filter((file) => file.endsWith(".json"));
  return files.flatMap((file) =>
    (JSON.parse(readFileSync(join(path, file), "utf8")) as Content[]).map((each) => ({ ...each, file })),
  );
}

export const examples: readonly Example[] = read<Omit<Example, "file">>("examples");
export const mistakes: readonly Mistake[] = read<Omit<Mistake, "file">>("mistakes");

const of2018 = { "premature-missing-state": "INSUFFICIENT_DATA" } as const;
/** The guide of 2018 answers what later ones leave open; the evaluator follows it, alarm-lab assumes OK. */
const assumed: Readonly<Record<string, typeof of2018>> = {
  "missing-data-2018.json": of2018,
  "5 of 5, one datapoint among missing ones": of2018,
};

/** What alarm-lab says otherwise than an example. */
export function differencesFrom({ file, name, case: awsCase, expect }: Example): string[] {
  const assume = { ...assumptionsOf(awsCase), ...assumed[file], ...assumed[name] };
  const { errors = {}, alarms, actions } = run(awsCase, assume);
  const final = (alarm: string) => alarms[alarm]?.at(-1)?.state ?? "INSUFFICIENT_DATA";
  const isRefusedRight = isDeepStrictEqual(Object.keys(errors).sort(), [...(expect.errors ?? [])].sort());
  return [
    ...(isRefusedRight ? [] : [`refused: ${JSON.stringify(errors)}`]),
    ...Object.entries(expect.alarms ?? {})
      .filter(([alarm, changes]) => !isDeepStrictEqual(alarms[alarm], changes))
      .map(([alarm, changes]) => `${alarm}: ${JSON.stringify(alarms[alarm])}, expected ${JSON.stringify(changes)}`),
    ...(expect.actions && !isDeepStrictEqual(actions, expect.actions) ? [`actions: ${JSON.stringify(actions)}`] : []),
    ...Object.entries(expect.final ?? {})
      .filter(([alarm, state]) => final(alarm) !== state)
      .map(([alarm, state]) => `${alarm} ends in ${final(alarm)}, expected ${state}`),
    ...Object.entries(expect.finalNot ?? {})
      .filter(([alarm, state]) => final(alarm) === state)
      .map(([alarm, state]) => `${alarm} ends in ${state}, expected another state`),
  ];
}
