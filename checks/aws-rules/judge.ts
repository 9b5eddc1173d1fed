import type { Caller } from "./call";
import { type Call, isError, type Made, type Wrong } from "./wrongs/wrong";

/**
 * What an emulated AWS did with a wrong call. `caught`: it answered as AWS does. `other words`: with AWS's code and a message of its own.
 * `other code`: it refused with another code than AWS. `accepted`: it did what AWS refuses. `not run`: a call before it failed, or the
 * right call after it, so that nothing is shown.
 */
export type Outcome = "caught" | "other words" | "other code" | "accepted" | "not run";

export interface Judged {
  readonly wrong: Wrong;
  readonly outcome: Outcome;
  /** What was answered, or why nothing is shown. */
  readonly evidence: string;
}

export async function judge(wrong: Wrong, caller: Caller): Promise<Judged> {
  for (const call of wrong.before) {
    const failure = await failureOf(caller, call);
    if (failure) return { wrong, outcome: "not run", evidence: `before it, ${call.command}: ${textOf(failure)}` };
  }
  const judged = { wrong, ...(await outcomeOf(wrong, caller)) };
  if (judged.outcome === "accepted") return judged;
  const failure = await failureOf(caller, wrong.right);
  if (!failure) return judged;
  return { wrong, outcome: "not run", evidence: `the right call, ${wrong.right.command}: ${textOf(failure)}` };
}

async function outcomeOf({ wrong, answer }: Wrong, caller: Caller): Promise<Omit<Judged, "wrong">> {
  try {
    const given = await caller.make(wrong);
    if ("error" in answer) return { outcome: "accepted", evidence: "it answered as if all was well" };
    return answer.result(given)
      ? { outcome: "caught", evidence: answer.says }
      : { outcome: "accepted", evidence: `AWS: ${answer.says}` };
  } catch (error) {
    const found = error as Made;
    return { outcome: refusalOf(found, answer), evidence: textOf(found) };
  }
}

function refusalOf(found: Made, answer: Wrong["answer"]): Outcome {
  if (!("error" in answer)) return "other code";
  if (isError(found, answer)) return "caught";
  return isError(found, { error: answer.error }) ? "other words" : "other code";
}

async function failureOf(caller: Caller, call: Call): Promise<Made | undefined> {
  try {
    await caller.make(call);
    return undefined;
  } catch (error) {
    return error as Made;
  }
}

function textOf({ name, message }: Made): string {
  return `${name}: ${message}`;
}
