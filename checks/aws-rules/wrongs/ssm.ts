import type { Call, Wrong } from "./wrong.js";

const put = (name: string, more: object = {}): Call => ({
  client: "ssm",
  command: "PutParameterCommand",
  input: { Name: name, Type: "String", Value: "a", ...more },
});

const remove = (name: string): Call => ({ client: "ssm", command: "DeleteParameterCommand", input: { Name: name } });
const api = "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html";

export const ssm: Wrong[] = [
  {
    name: "parameter that exists already",
    service: "ssm",
    kind: "order",
    before: [put("/wrong/taken")],
    wrong: put("/wrong/taken", { Value: "b" }),
    answer: { error: "ParameterAlreadyExists", message: "already exists" },
    source: `${api} (Errors: ParameterAlreadyExists)`,
    explanation: "A new value needs Overwrite.",
    right: put("/wrong/taken", { Value: "b", Overwrite: true }),
    after: [remove("/wrong/taken")],
  },
  {
    name: "tags and overwrite in one call",
    service: "ssm",
    kind: "argument",
    before: [put("/wrong/tagged")],
    wrong: put("/wrong/tagged", { Overwrite: true, Tags: [{ Key: "team", Value: "shop" }] }),
    answer: { error: "ValidationException", message: "tags and overwrite can't be used together" },
    source: `${api} (Tags: to add tags to an existing parameter, use AddTagsToResource)`,
    explanation: "Tags come with the creation or by AddTagsToResource.",
    right: put("/wrong/tagged", { Overwrite: true }),
    after: [remove("/wrong/tagged")],
  },
  {
    name: "standard parameter of more than 4096 characters",
    service: "ssm",
    kind: "limit",
    before: [],
    wrong: put("/wrong/long", { Value: "a".repeat(4097) }),
    answer: {
      error: "ValidationException",
      message: "Standard tier parameters support a maximum parameter value of 4096 characters",
    },
    source: `${api} (Value: standard parameters have a value limit of 4 KB)`,
    explanation: "Longer values need the advanced tier, which costs money.",
    right: put("/wrong/long", { Value: "a".repeat(4096) }),
    after: [remove("/wrong/long")],
  },
  {
    name: "missing parameters are an error of GetParameters",
    service: "ssm",
    kind: "answer",
    before: [put("/wrong/one")],
    wrong: { client: "ssm", command: "GetParametersCommand", input: { Names: ["/wrong/one", "/wrong/none"] } },
    answer: {
      result: (answer) => answer.Parameters.length === 1 && answer.InvalidParameters[0] === "/wrong/none",
      says: "no error, but the name in InvalidParameters",
    },
    source:
      "https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html (InvalidParameters)",
    explanation: "Only GetParameter fails on a missing name.",
    right: { client: "ssm", command: "GetParameterCommand", input: { Name: "/wrong/one" } },
    after: [remove("/wrong/one")],
  },
];
