import { ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { HeadBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { bucketName } from "../../stacks/constructs/names";
import type { Environment } from "../../stacks/environments";
import { bootstrapStack, stacksOf, synthesize } from "../deploy/synthesis";
import { assertAgreed } from "../shell/confirm";
import { note, step } from "../shell/progress";
import { SetupError } from "../shell/run";
import { typeOf } from "./configuration";
import { idsFromValues, type Values } from "./import-ids";
import { holderOf, type Lock, locksIn } from "./locks";
import { Stack } from "./stack";
import { type Known, type Survey, survey, type Unknown } from "./survey";
import { taggedResources } from "./tagged";
import type { Imported } from "./workspace";

export interface RecoverOptions {
  readonly yes: boolean;
  /** The lock of a Terraform on another machine, known to be dead. */
  readonly unlock?: string;
}

/** A stack of which something exists, or was about to. */
interface Patient {
  readonly stack: Stack;
  readonly survey: Survey;
  readonly lock: Lock | undefined;
  /** Addresses at which the state names what does not exist any more. */
  readonly gone: ReadonlySet<string>;
  /** Addresses of what has no tag and is not in the state: it may exist, or have to be made yet. */
  readonly untagged: readonly string[];
}

/** After an interrupted apply: locks are released, and states know again what exists. One deploy later, nothing is left to change. */
export async function recover(environment: Environment, options: RecoverOptions): Promise<boolean> {
  const dependencies = await synthesize();
  const bucket = bucketName(environment, "state");
  // The row's region, as the provider has it, whatever the shell's is.
  const { region } = environment;
  const s3 = new S3Client({ region });
  // Without the bucket, which bootstrap makes, no other stack was ever begun.
  const begun = [
    bootstrapStack(environment.name),
    ...((await exists(s3, bucket)) ? stacksOf(environment.name, dependencies) : []),
  ];
  const locks = begun.length > 1 ? await findLocks(s3, bucket, options.unlock) : [];
  const patients = await step("Compare what exists with what the states know", () =>
    examine(environment, begun, locks),
  );
  process.stdout.write(description(patients));
  const unclear = patients.flatMap((patient) => patient.survey.unclear);
  if (!patients.some(needsCare)) return unclear.length === 0;
  const { name, accountId } = environment;
  if (!options.yes) await assertAgreed(`Do this to ${name}, account ${accountId}?`, "Nothing was changed.");

  for (const { stack, lock } of patients) {
    if (lock) await step(`Unlock ${stack.name}`, () => stack.unlock(lock.id));
  }
  for (const patient of patients) await takeIn(patient, accountId);
  for (const { stack, survey: found } of patients.toReversed()) {
    if (found.duplicates.length === 0) continue;
    const removed = await step(`Remove ${found.duplicates.length} from ${stack.name}`, () =>
      stack.remove(found.duplicates),
    );
    noteGone(found.duplicates, (each) => !removed.includes(each));
  }
  process.stdout.write(`\nNext: make deploy ENV=${name}\n`);
  return unclear.length === 0;
}

async function findLocks(client: S3Client, bucket: string, dead: string | undefined): Promise<Lock[]> {
  const locks = await locksIn(client, bucket);
  for (const lock of locks) {
    const { stack, who, created, operation, id } = lock;
    const holder = holderOf(lock, process.env.AWS_ENDPOINT_URL);
    const held = `${stack} is locked by ${who}, ${operation} since ${created}`;
    if (holder === "alive") throw new SetupError(`${held}, and that Terraform still runs here. Nothing was changed.`);
    if (holder === "elsewhere" && id !== dead) {
      throw new SetupError(
        `${held}. Whether it still runs cannot be seen from here; when you know that it does not: UNLOCK=${id}. Nothing was changed.`,
      );
    }
  }
  return locks;
}

async function exists(client: S3Client, Bucket: string): Promise<boolean> {
  try {
    await client.send(new HeadBucketCommand({ Bucket }));
    return true;
  } catch (error) {
    if ((error as { name?: string }).name === "NotFound") return false;
    throw error;
  }
}

/** Every stack that left a trace: a state, a lock, or a resource with its tag. In the order in which they are deployed. */
async function examine(
  environment: Environment,
  stacks: readonly string[],
  locks: readonly Lock[],
): Promise<Patient[]> {
  const { name: environmentName, region } = environment;
  const tagged = await taggedResources(new ResourceGroupsTaggingAPIClient({ region }), environmentName);
  const patients: Patient[] = [];
  for (const name of stacks) {
    const stack = await Stack.open(name, process.env);
    const known = await stack.known();
    const own = tagged.filter(({ tags }) => tags.Stack === name);
    const lock = locks.find((each) => each.stack === name);
    if (!lock && own.length === 0 && known.addresses.size === 0) continue;
    // A replacement that was cut short leaves a state that names what it has destroyed, beside what it has made.
    const doubled = survey(own, known).duplicates.map(({ address }) => address);
    const gone = doubled.length > 0 ? await stack.vanished(new Set(doubled)) : new Set<string>();
    const still = { ...known, addresses: new Set([...known.addresses].filter((address) => !gone.has(address))) };
    patients.push({ stack, lock, gone, survey: survey(own, still), untagged: untagged(still) });
  }
  return patients;
}

function needsCare({ lock, gone, survey: { imports, duplicates }, untagged: missing }: Patient): boolean {
  return lock !== undefined || gone.size > 0 || imports.length > 0 || duplicates.length > 0 || missing.length > 0;
}

async function takeIn(patient: Patient, accountId: string): Promise<void> {
  const { stack, gone, untagged: named } = patient;
  const { imports } = patient.survey;
  if (gone.size > 0)
    await step(`Remove from the state of ${stack.name} what does not exist any more`, () => stack.forget(gone));
  const idOf = (address: string, values: Values) => idsFromValues[typeOf(address)]?.(values, accountId);
  const tagged = imports.map(({ address, id }) => [address, id] as const);
  const wanted = new Map([...tagged, ...withIds(named, (address) => idOf(address, stack.literals(address)))]);
  if (wanted.size > 0) {
    const imported = await step(`Import into ${stack.name}`, () => stack.import(wanted));
    noteImported(imported);
    noteGone(imports, ({ address }) => !imported.imports.has(address) && !imported.early.has(address));
  }
  // The ids of these are made of ids that may have been imported just now.
  const missing = named.length > 0 ? untagged(await stack.known()) : [];
  if (missing.length === 0) return;
  await step(`Look for what belongs to others in ${stack.name}`, async () => {
    const planned = await stack.planned(missing);
    const existing = withIds([...planned.keys()], (address) => idOf(address, planned.get(address) ?? {}));
    if (existing.length > 0) noteImported(await stack.import(new Map(existing)));
  });
}

/** Addresses that are configured, of types that the tagging API does not list, and not in the state. */
function untagged({ configured, addresses }: Known): string[] {
  return [...configured].filter((address) => !addresses.has(address) && typeOf(address) in idsFromValues);
}

/** Those whose id is known. */
function withIds(addresses: readonly string[], idOf: (address: string) => string | undefined): [string, string][] {
  return addresses.flatMap((address): [string, string][] => {
    const id = idOf(address);
    return id ? [[address, id]] : [];
  });
}

function noteImported({ imports, early }: Imported): void {
  for (const [address, id] of imports) note(`imported ${address} = ${id}`);
  for (const address of early) note(`left alone, what it needs has to be deployed first: ${address}`);
}

function noteGone(all: readonly Unknown[], isGone: (each: Unknown) => boolean): void {
  for (const each of all.filter(isGone)) note(`does not exist any more: ${each.arn}`);
}

function description(patients: readonly Patient[]): string {
  const lines = patients.flatMap(
    ({ stack, lock, gone, survey: { imports, duplicates, unclear }, untagged: missing }) => [
      ...(lock ? [`  unlock  ${stack.name}: locked by ${lock.who} (${lock.operation}) since ${lock.created}`] : []),
      ...[...gone].map((address) => `  remove from state  ${stack.name}: ${address} does not exist any more`),
      ...imports.map(({ address, arn }) => `  import  ${stack.name}: ${address} = ${arn}`),
      ...duplicates.map(({ address, arn }) => `  remove  ${stack.name}: ${arn}, the state has another ${address}`),
      ...missing.map((address) => `  look for  ${stack.name}: ${address}, and import it if it exists`),
      ...unclear.map(({ address, arn }) => `  unclear, left alone  ${stack.name}: ${arn}, tagged as ${address}`),
    ],
  );
  if (lines.length === 0) return "No state is locked, and every tagged resource is in one. Nothing to recover.\n";
  return `${lines.join("\n")}\n`;
}
