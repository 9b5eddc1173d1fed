import {
  AssociateWebACLCommand,
  CreateWebACLCommand,
  DeleteWebACLCommand,
  DisassociateWebACLCommand,
  WAFV2Client,
} from "@aws-sdk/client-wafv2";
import { ask, createBalancer } from "../balancer";
import { type Probe, seen } from "../probe";

export const wafProbes = [
  {
    id: "waf-web-acl",
    service: "WAF",
    capability: "A web ACL blocks what its rules name.",
    note: "Which requests WAF's managed rules block, good ones among them, is not seen here.",
    run: async (context) => {
      const waf = context.client(WAFV2Client);
      const balancer = await createBalancer(context);
      const identity = { Name: context.name, Scope: "REGIONAL" } as const;
      const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: "probe" };
      const { Summary } = await waf.send(
        new CreateWebACLCommand({ ...identity, DefaultAction: { Block: {} }, Rules: [], VisibilityConfig }),
      );
      context.afterwards(() =>
        waf.send(new DeleteWebACLCommand({ ...identity, Id: Summary?.Id, LockToken: Summary?.LockToken })),
      );
      const association = { WebACLArn: Summary?.ARN, ResourceArn: balancer.arn };
      await waf.send(new AssociateWebACLCommand(association));
      context.afterwards(() => waf.send(new DisassociateWebACLCommand({ ResourceArn: balancer.arn })));
      return seen(await context.within(10, async () => (await ask(context, balancer, "/x")).status === 403));
    },
  },
] as const satisfies readonly Probe[];
