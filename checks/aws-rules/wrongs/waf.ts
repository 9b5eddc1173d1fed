import { balancer, noBalancer } from "./balance.js";
import { network, noNetwork } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const seen = (name: string): object => ({
  SampledRequestsEnabled: false,
  CloudWatchMetricsEnabled: false,
  MetricName: name,
});

const managed = (more: object): object => ({
  Name: "common",
  Priority: 1,
  Statement: { ManagedRuleGroupStatement: { VendorName: "AWS", Name: "AWSManagedRulesCommonRuleSet" } },
  VisibilityConfig: seen("common"),
  ...more,
});

const acl = (name: string, as = "acl", rules: object[] = []): Call => ({
  client: "wafv2",
  command: "CreateWebACLCommand",
  input: { Name: name, Scope: "REGIONAL", DefaultAction: { Allow: {} }, VisibilityConfig: seen(name), Rules: rules },
  as,
});

const token = (as: string, lock: string): Call => ({
  client: "wafv2",
  command: "DeleteWebACLCommand",
  input: (made) => ({
    Name: made[as].Summary.Name,
    Scope: "REGIONAL",
    Id: made[as].Summary.Id,
    LockToken: lock === "" ? made[as].Summary.LockToken : lock,
  }),
});

const remove = (as = "acl"): Call => token(as, "");
const api = "https://docs.aws.amazon.com/waf/latest/APIReference";

export const waf: Wrong[] = [
  {
    name: "web ACL deleted with an old lock token",
    service: "wafv2",
    kind: "order",
    before: [acl("wrong-waf-token")],
    wrong: token("acl", "00000000-0000-4000-8000-000000000000"),
    answer: { error: "WAFOptimisticLockException" },
    source: `${api}/API_DeleteWebACL.html (LockToken; Errors: WAFOptimisticLockException)`,
    explanation: "Each change gives a new token. Two writers cannot overwrite each other.",
    right: remove(),
  },
  {
    name: "web ACL deleted while a load balancer uses it",
    service: "wafv2",
    kind: "order",
    before: [
      ...network,
      balancer("wrong-waf-used"),
      acl("wrong-waf-used", "used"),
      acl("wrong-waf-free", "free"),
      {
        client: "wafv2",
        command: "AssociateWebACLCommand",
        input: (made) => ({ WebACLArn: made.used.Summary.ARN, ResourceArn: made.lb.LoadBalancers[0].LoadBalancerArn }),
      },
    ],
    wrong: remove("used"),
    answer: { error: "WAFAssociatedItemException" },
    source: `${api}/API_DeleteWebACL.html (Errors: WAFAssociatedItemException)`,
    explanation: "The association must go first.",
    right: remove("free"),
    after: [
      {
        client: "wafv2",
        command: "DisassociateWebACLCommand",
        input: (made) => ({ ResourceArn: made.lb.LoadBalancers[0].LoadBalancerArn }),
      },
      remove("used"),
      noBalancer(),
      ...noNetwork,
    ],
  },
  {
    name: "web ACL name taken",
    service: "wafv2",
    kind: "order",
    before: [acl("wrong-waf-taken", "first")],
    wrong: acl("wrong-waf-taken"),
    answer: { error: "WAFDuplicateItemException" },
    source: `${api}/API_CreateWebACL.html (Errors: WAFDuplicateItemException)`,
    explanation: "A name is unique in its scope.",
    right: acl("wrong-waf-other"),
    after: [remove(), remove("first")],
  },
  {
    name: "managed rule group with an action",
    service: "wafv2",
    kind: "argument",
    before: [],
    wrong: acl("wrong-waf-action", "acl", [managed({ Action: { Block: {} } })]),
    answer: { error: "WAFInvalidParameterException" },
    source: `${api}/API_Rule.html (OverrideAction: for rule groups; Action: for other rules)`,
    explanation: "A rule that names a rule group has OverrideAction in place of Action.",
    right: acl("wrong-waf-action", "acl", [managed({ OverrideAction: { None: {} } })]),
    after: [remove()],
  },
];
