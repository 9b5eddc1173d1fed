import { account, caller, noRole, policy, root, serviceRole } from "./world.js";
import type { Call, Made, Wrong } from "./wrong.js";

const rooted = (made: Made): object => ({
  Effect: "Allow",
  Principal: { AWS: root(made) },
  Action: "kms:*",
  Resource: "*",
});

const create = (as: string, more: (made: Made) => object = () => ({})): Call => ({
  client: "kms",
  command: "CreateKeyCommand",
  input: more,
  as,
});

const schedule = (as: string, days = 7): Call => ({
  client: "kms",
  command: "ScheduleKeyDeletionCommand",
  input: (made) => ({ KeyId: made[as].KeyMetadata.KeyId, PendingWindowInDays: days }),
});

const encrypt = (as: string, size = 8): Call => ({
  client: "kms",
  command: "EncryptCommand",
  input: (made) => ({ KeyId: made[as].KeyMetadata.KeyId, Plaintext: Buffer.alloc(size, 97) }),
});

const alias = (name: string, as: string): Call => ({
  client: "kms",
  command: "CreateAliasCommand",
  input: (made) => ({ AliasName: name, TargetKeyId: made[as].KeyMetadata.KeyId }),
});

const noAlias = (name: string): Call => ({ client: "kms", command: "DeleteAliasCommand", input: { AliasName: name } });

export const kms: Wrong[] = [
  {
    name: "key policy that locks out its author",
    service: "kms",
    kind: "permission",
    before: [caller, serviceRole("wrong-kms-lock", "role")],
    wrong: create("key", (made) => ({
      Policy: policy({ Effect: "Allow", Principal: { AWS: made.role.Role.Arn }, Action: "kms:*", Resource: "*" }),
    })),
    answer: {
      error: "MalformedPolicyDocumentException",
      message: "will not allow you to update the key policy in the future",
    },
    source: "https://github.com/terraform-aws-modules/terraform-aws-kms/issues/14",
    explanation: "The caller must keep kms:PutKeyPolicy, by the account statement or by a statement of its own.",
    right: create("key", (made) => ({ Policy: policy(rooted(made)) })),
    after: [schedule("key"), noRole("wrong-kms-lock")],
  },
  {
    name: "key policy for a role that is not there yet",
    service: "kms",
    kind: "order",
    before: [caller, serviceRole("wrong-kms-there", "role")],
    wrong: create("key", (made) => ({
      Policy: policy(rooted(made), {
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account(made)}:role/wrong-kms-not-there` },
        Action: "kms:Decrypt",
        Resource: "*",
      }),
    })),
    answer: { error: "MalformedPolicyDocumentException", message: "invalid principals" },
    source: "https://github.com/awslabs/minimum-viable-dataspace-on-aws/issues/6",
    explanation: "Each IAM principal of a key policy must exist when the policy is set.",
    right: create("key", (made) => ({
      Policy: policy(rooted(made), {
        Effect: "Allow",
        Principal: { AWS: made.role.Role.Arn },
        Action: "kms:Decrypt",
        Resource: "*",
      }),
    })),
    after: [schedule("key"), noRole("wrong-kms-there")],
  },
  {
    name: "key deleted after three days",
    service: "kms",
    kind: "limit",
    before: [create("key")],
    wrong: schedule("key", 3),
    answer: { error: "ValidationException" },
    source:
      "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html (PendingWindowInDays: 7 to 30)",
    explanation: "The waiting time goes from 7 to 30 days. A destroy never deletes a key at once.",
    right: schedule("key", 7),
  },
  {
    name: "key used while its deletion is pending",
    service: "kms",
    kind: "order",
    before: [create("dying"), create("alive"), schedule("dying")],
    wrong: encrypt("dying"),
    answer: { error: "KMSInvalidStateException", message: "is pending deletion" },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
    explanation:
      "From the schedule on, the key serves nobody. All that was encrypted with it is out of reach until the deletion is cancelled.",
    right: encrypt("alive"),
    after: [schedule("alive")],
  },
  {
    name: "disabled key used",
    service: "kms",
    kind: "order",
    before: [
      create("off"),
      create("on"),
      { client: "kms", command: "DisableKeyCommand", input: (made) => ({ KeyId: made.off.KeyMetadata.KeyId }) },
    ],
    wrong: encrypt("off"),
    answer: { error: "DisabledException", message: "is disabled" },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
    explanation: "A disabled key neither encrypts nor decrypts.",
    right: encrypt("on"),
    after: [schedule("off"), schedule("on")],
  },
  {
    name: "alias without its prefix",
    service: "kms",
    kind: "argument",
    before: [create("key")],
    wrong: alias("wrong-kms-prefix", "key"),
    answer: { error: "ValidationException", message: "alias/" },
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html (AliasName)",
    explanation: "The name of an alias begins with alias/.",
    right: alias("alias/wrong-kms-prefix", "key"),
    after: [noAlias("alias/wrong-kms-prefix"), schedule("key")],
  },
  {
    name: "alias that another key has",
    service: "kms",
    kind: "order",
    before: [create("first"), create("second"), alias("alias/wrong-kms-taken", "first")],
    wrong: alias("alias/wrong-kms-taken", "second"),
    answer: { error: "AlreadyExistsException", message: "already exists" },
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html (Errors)",
    explanation: "An alias must be moved with UpdateAlias. A replaced key does not take it along.",
    right: {
      client: "kms",
      command: "UpdateAliasCommand",
      input: (made) => ({ AliasName: "alias/wrong-kms-taken", TargetKeyId: made.second.KeyMetadata.KeyId }),
    },
    after: [noAlias("alias/wrong-kms-taken"), schedule("first"), schedule("second")],
  },
  {
    name: "more than 4096 bytes encrypted directly",
    service: "kms",
    kind: "limit",
    before: [create("key")],
    wrong: encrypt("key", 4097),
    answer: { error: "ValidationException", message: "less than or equal to 4096" },
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html (Plaintext)",
    explanation: "Encrypt takes 4096 bytes. More data needs a data key.",
    right: encrypt("key", 4096),
    after: [schedule("key")],
  },
  {
    name: "rotation of an asymmetric key",
    service: "kms",
    kind: "argument",
    before: [create("pair", () => ({ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" })), create("plain")],
    wrong: {
      client: "kms",
      command: "EnableKeyRotationCommand",
      input: (made) => ({ KeyId: made.pair.KeyMetadata.KeyId }),
    },
    answer: { error: "UnsupportedOperationException" },
    source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html",
    explanation: "Only symmetric encryption keys rotate by themselves.",
    right: {
      client: "kms",
      command: "EnableKeyRotationCommand",
      input: (made) => ({ KeyId: made.plain.KeyMetadata.KeyId }),
    },
    after: [schedule("pair"), schedule("plain")],
  },
  {
    name: "a key without a policy has none",
    service: "kms",
    kind: "answer",
    before: [caller, create("key")],
    wrong: {
      client: "kms",
      command: "GetKeyPolicyCommand",
      input: (made) => ({ KeyId: made.key.KeyMetadata.KeyId, PolicyName: "default" }),
    },
    answer: {
      result: (answer) => {
        const statement = [JSON.parse(answer.Policy).Statement].flat()[0];
        return statement.Action === "kms:*" && String(statement.Principal.AWS).endsWith(":root");
      },
      says: "a default policy that gives kms:* to the account",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
    explanation: "The default policy admits the account and no service.",
    right: { client: "kms", command: "DescribeKeyCommand", input: (made) => ({ KeyId: made.key.KeyMetadata.KeyId }) },
    after: [schedule("key")],
  },
];
