/**
 * Wrong things that people do with AWS, as data: calls, what AWS answers, and where that is written.
 *
 * A row is run in this order: before, wrong, right, after. Calls without `by` are made by an administrator: an IAM user,
 * not the root user and not a session of a role, for those may not assume roles, or only for an hour.
 */

// biome-ignore lint/suspicious/noExplicitAny: the answers of some twenty services are kept here under free names.
export type Made = Record<string, any>;

export interface Call {
  /** The end of the npm package's name: 'ecs' for @aws-sdk/client-ecs. */
  client: string;
  /** The command's class: 'CreateServiceCommand'. */
  command: string;
  input: object | ((made: Made) => object);
  /** The answer is kept under this name for later calls. */
  as?: string;
  /** The name of an AssumeRole answer in `made`: the call is signed with its Credentials. */
  by?: string;
}

export type Kind = "argument" | "limit" | "order" | "permission" | "answer";

export type Answer =
  /** AWS's error code as it is on the wire, and a fragment of its message where a report shows the words. */
  | { error: string; message?: string }
  /** AWS accepts the call, but its answer is not what people expect. `result` is true for what AWS answers. */
  | { result: (answer: Made) => boolean; says: string };

export interface Wrong {
  name: string;
  service: string;
  kind: Kind;
  /** These must succeed, in this order. */
  before: Call[];
  wrong: Call;
  answer: Answer;
  source: string;
  explanation: string;
  /** Made after the wrong call. It must succeed: the case fails for its own reason only. */
  right: Call;
  /** Clean-up. A failure here says nothing. */
  after?: Call[];
}

/** A wrong thing that shows only in a Terraform configuration, or while the services run. */
export interface InTerraform {
  name: string;
  service: string;
  kind: Kind;
  explanation: string;
  /** What AWS answers or does. */
  aws: string;
  source: string;
  /** The wrong edit, in terms of Terraform resource types. */
  edit: string;
}

const plain = (code: string): string => code.replace(/Exception$/, "");

/**
 * All names under which an SDK error gives its code. The SDK puts the model's shape name in `name`
 * (DeleteConflictException), while the wire has the code (DeleteConflict).
 */
export const codesOf = (error: Made): string[] =>
  [error.name, error.Code, error.code, error.Error?.Code].filter((code): code is string => typeof code === "string");

/** Whether the SDK's error is the one that the row names. */
export const isError = (thrown: Made, expected: { error: string; message?: string }): boolean => {
  const code = codesOf(thrown).some((one) => plain(one) === plain(expected.error));
  // Route 53 has its words in a list.
  const words = [thrown.message, thrown.messages].flat().join(" ").toLowerCase();
  return code && (expected.message === undefined || words.includes(expected.message.toLowerCase()));
};
