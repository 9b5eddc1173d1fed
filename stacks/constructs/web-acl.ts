import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";

export interface WebAclProps {
  readonly prefix: string;
  readonly loadBalancerArn: string;
  /** From one address. Above it the address is answered 403 until it calms down. */
  readonly requestsPerFiveMinutes: number;
  readonly keyArn: string;
  readonly retentionDays: number;
}

const managedRules = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
];

/** Filters what reaches a load balancer: a limit for each address and AWS's managed rules, logged. 9 USD a month and 0.60 per million requests. */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, props: WebAclProps) {
    super(scope, id);
    const { prefix, loadBalancerArn, requestsPerFiveMinutes, keyArn, retentionDays } = props;
    const acl = new Wafv2WebAcl(this, "acl", {
      name: prefix,
      description: `In front of the public load balancer of ${prefix}`,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rule: [rateRule(requestsPerFiveMinutes), ...managedRules.map((name, index) => managedRule(name, index + 1))],
      visibilityConfig: visible(prefix),
    });
    new Wafv2WebAclAssociation(this, "association", { resourceArn: loadBalancerArn, webAclArn: acl.arn });
    const logs = new CloudwatchLogGroup(this, "logs", {
      // WAF writes to groups whose names start so, and to no other.
      name: `aws-waf-logs-${prefix}`,
      retentionInDays: retentionDays,
      kmsKeyId: keyArn,
    });
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      resourceArn: acl.arn,
      logDestinationConfigs: [logs.arn],
      // What was let through stands in the load balancer's access log, at a twentieth of the price.
      loggingFilter: {
        defaultBehavior: "DROP",
        filter: [
          {
            behavior: "KEEP",
            requirement: "MEETS_ANY",
            condition: ["BLOCK", "COUNT"].map((action) => ({ actionCondition: { action } })),
          },
        ],
      },
      redactedFields: ["authorization", "cookie"].map((name) => ({ singleHeader: { name } })),
    });
  }
}

function rateRule(limit: number): Wafv2WebAclRule {
  return {
    name: "requests-per-address",
    priority: 0,
    action: { block: {} },
    statement: { rate_based_statement: { limit, aggregate_key_type: "IP", evaluation_window_sec: 300 } },
    visibilityConfig: visible("requests-per-address"),
  };
}

function managedRule(name: string, priority: number): Wafv2WebAclRule {
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: { managed_rule_group_statement: { vendor_name: "AWS", name } },
    visibilityConfig: visible(name),
  };
}

function visible(metricName: string) {
  return { cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true, metricName };
}
