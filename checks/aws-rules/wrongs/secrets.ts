import type { Call, Wrong } from "./wrong.js";

const client = "secrets-manager";

const create = (name: string, more: object = { SecretString: "a" }): Call => ({
  client,
  command: "CreateSecretCommand",
  input: { Name: name, ...more },
});

const remove = (name: string, more: object = { ForceDeleteWithoutRecovery: true }): Call => ({
  client,
  command: "DeleteSecretCommand",
  input: { SecretId: name, ...more },
});

const read = (name: string): Call => ({ client, command: "GetSecretValueCommand", input: { SecretId: name } });

const api = "https://docs.aws.amazon.com/secretsmanager/latest/apireference";

export const secrets: Wrong[] = [
  {
    name: "secret created under the name of one that waits for its deletion",
    service: "secrets-manager",
    kind: "order",
    before: [create("wrong/scheduled"), remove("wrong/scheduled", { RecoveryWindowInDays: 7 })],
    wrong: create("wrong/scheduled"),
    answer: { error: "InvalidRequestException", message: "a secret with this name is already scheduled for deletion" },
    source: `${api}/API_CreateSecret.html (Errors: InvalidRequestException); ${api}/API_DeleteSecret.html`,
    explanation: "A deleted secret holds its name for 7 to 30 days. A destroy and a new apply meet this.",
    right: create("wrong/not-scheduled"),
    after: [remove("wrong/scheduled"), remove("wrong/not-scheduled")],
  },
  {
    name: "secret name taken",
    service: "secrets-manager",
    kind: "order",
    before: [create("wrong/taken")],
    wrong: create("wrong/taken", { SecretString: "b" }),
    answer: { error: "ResourceExistsException", message: "already exists" },
    source: `${api}/API_CreateSecret.html (Errors: ResourceExistsException)`,
    explanation: "A new value is put with PutSecretValue.",
    right: { client, command: "PutSecretValueCommand", input: { SecretId: "wrong/taken", SecretString: "b" } },
    after: [remove("wrong/taken")],
  },
  {
    name: "secret read that waits for its deletion",
    service: "secrets-manager",
    kind: "order",
    before: [create("wrong/marked"), create("wrong/kept"), remove("wrong/marked", { RecoveryWindowInDays: 7 })],
    wrong: read("wrong/marked"),
    answer: { error: "InvalidRequestException", message: "marked for deletion" },
    source: `${api}/API_DeleteSecret.html ("you cannot retrieve the secret value")`,
    explanation: "From the deletion on, no task can start with the secret, though it still exists.",
    right: read("wrong/kept"),
    after: [remove("wrong/marked"), remove("wrong/kept")],
  },
  {
    name: "secret read before it has a value",
    service: "secrets-manager",
    kind: "order",
    before: [create("wrong/void", {}), create("wrong/valued")],
    wrong: read("wrong/void"),
    answer: {
      error: "ResourceNotFoundException",
      message: "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    },
    source: `${api}/API_GetSecretValue.html (Errors: ResourceNotFoundException); public reports of the words`,
    explanation: "A secret and its version are two things. A task that starts between the two fails.",
    right: read("wrong/valued"),
    after: [remove("wrong/void"), remove("wrong/valued")],
  },
  {
    name: "deletion both at once and later",
    service: "secrets-manager",
    kind: "argument",
    before: [create("wrong/both")],
    wrong: remove("wrong/both", { ForceDeleteWithoutRecovery: true, RecoveryWindowInDays: 7 }),
    answer: { error: "InvalidParameterException", message: "ForceDeleteWithoutRecovery" },
    source: `${api}/API_DeleteSecret.html ("You can't use both this parameter and ForceDeleteWithoutRecovery in the same call")`,
    explanation: "A call has one of the two.",
    right: remove("wrong/both"),
  },
  {
    name: "recovery window of three days",
    service: "secrets-manager",
    kind: "limit",
    before: [create("wrong/window")],
    wrong: remove("wrong/window", { RecoveryWindowInDays: 3 }),
    answer: { error: "InvalidParameterException", message: "between 7 and 30" },
    source: `${api}/API_DeleteSecret.html (RecoveryWindowInDays: 7 to 30)`,
    explanation: "The window goes from 7 to 30 days. Terraform takes 0 for a deletion at once.",
    right: remove("wrong/window", { RecoveryWindowInDays: 7 }),
    after: [remove("wrong/window")],
  },
];
