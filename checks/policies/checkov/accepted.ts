import type { Accepted } from "./review";

/** What checkov finds in the planned stacks and stays so. */
export const accepted: readonly Accepted[] = [
  {
    check: "CKV_AWS_2",
    resource: /^aws_lb_listener\./,
    reason:
      "The internal listener stays within the VPC. The public one is plain where the row declines a domain, with a reason.",
  },
  {
    check: "CKV_AWS_103",
    resource: /^aws_lb_listener\./,
    reason:
      "As CKV_AWS_2: a plain listener has no TLS version. With a domain it is 1.2 or newer, which a policy holds.",
  },
  {
    check: "CKV2_AWS_20",
    resource: /^aws_lb\./,
    reason:
      "As CKV_AWS_2: there is nothing to redirect to without a certificate. With a domain a policy holds the redirect.",
  },
  {
    check: "CKV_AWS_260",
    resource: /^aws_(security_group\.public_|vpc_security_group_ingress_rule\.public_internet-80)/,
    reason: "Port 80 of the public load balancer is what the internet is meant to reach; with a domain it redirects.",
  },
  {
    check: "CKV_AWS_378",
    resource: /^aws_lb_target_group\./,
    reason: "TLS ends at the load balancer; between it and its tasks lie security groups by id and a private subnet.",
  },
  {
    check: "CKV_AWS_338",
    resource: /^aws_cloudwatch_log_group\./,
    reason:
      "Logs are kept for as long as the row says, 30 days in production: a year costs money that nobody asked to spend.",
  },
  {
    check: "CKV_AWS_336",
    resource: /^aws_ecs_task_definition\.backend-service/,
    reason:
      "Where the row allows execute-command into this service, its agent must write. Nowhere else, which a policy holds.",
  },
  {
    check: "CKV_AWS_150",
    resource: /^aws_lb\./,
    reason: "Protection from deletion is a column: on in production, off where environments come and go.",
  },
  {
    check: "CKV_AWS_144",
    resource: /^aws_s3_bucket\./,
    reason:
      "No bucket holds what a second region must have: states and logs are of this region, objects have a source elsewhere.",
  },
  {
    check: "CKV2_AWS_62",
    resource: /^aws_s3_bucket\./,
    reason: "Nothing reacts to single objects; the backend asks for changes itself.",
  },
  {
    check: "CKV_AWS_145",
    resource: /^aws_s3_bucket\.access-logs/,
    reason: "Load balancers deliver to buckets under S3's own key only.",
  },
  {
    check: "CKV_AWS_290",
    resource: /^aws_iam_policy\.github_deploy-network/,
    reason: "EC2's actions that create have no resource to name; region and account are their limits.",
  },
  {
    check: "CKV_AWS_355",
    resource: /^aws_iam_policy\.github_/,
    reason:
      "Reading settings, and creating what has no ARN yet: no resource to name. No statement has both wildcards, which a policy holds.",
  },
  {
    check: "CKV2_AWS_38",
    resource: /^aws_route53_zone\.domain$/,
    reason: "DNSSEC of a public zone needs a key in us-east-1 and a record at the registrar: its owner's step.",
  },
  {
    check: "CKV2_AWS_23",
    resource: /^aws_route53_record\..*-name$/,
    reason: "The record's target is a load balancer of another stack, which checkov does not see.",
  },
  {
    check: "CKV_AWS_234",
    resource: /^aws_acm_certificate\./,
    reason: "Transparency logging is ACM's default and is on.",
  },
  {
    check: "CKV2_AWS_28",
    resource: /^aws_lb\.public_/,
    reason: "A web ACL is a column: on in production, declined with a reason where only its developers come.",
  },
  {
    check: "CKV2_AWS_76",
    resource: /^aws_lb\.public_/,
    reason:
      "The rule against Log4j requests is in AWSManagedRulesKnownBadInputsRuleSet, which the web ACL has; the check looks for another one too.",
  },
];
