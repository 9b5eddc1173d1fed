import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { createBalancer, groupOfServers, route } from "../balancer";
import { network } from "../network";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";
import { exitCode, runToEnd } from "../tasks";

const service = "Route 53";
/** Of a load balancer in us-east-1, as AWS has it. */
const loadBalancersZone = "Z35SXDOTRQ7X7K";
/** A port that no stack has a listener on, so that only the probe's own load balancers answer there. */
const internalPort = 8099;

async function privateRecord(context: ProbeContext, zone: string, record: ResourceRecordSet): Promise<void> {
  const route53 = context.client(Route53Client);
  const VPC = { VPCId: (await network(context)).vpc, VPCRegion: "us-east-1" } as const;
  const create = new CreateHostedZoneCommand({ Name: zone, CallerReference: context.name, VPC });
  const { HostedZone } = await route53.send(create);
  context.afterwards(() => route53.send(new DeleteHostedZoneCommand({ Id: HostedZone?.Id })));
  const change = (Action: "CREATE" | "DELETE") =>
    route53.send(
      new ChangeResourceRecordSetsCommand({
        HostedZoneId: HostedZone?.Id,
        ChangeBatch: { Changes: [{ Action, ResourceRecordSet: record }] },
      }),
    );
  await change("CREATE");
  context.afterwards(() => change("DELETE"));
}

/** How a task's Python script ends: 0, or 1 if something in it failed. */
async function python(context: ProbeContext, script: string): Promise<boolean> {
  return exitCode(await runToEnd(context, [{ command: ["python3", "-c", script] }])) === 0;
}

export const nameProbes = [
  {
    id: "route53-private-zone",
    service,
    capability:
      "A name of a private hosted zone, `backend.<environment>.internal`, leads a task to the load balancer of its record.",
    run: async (context) => {
      const Scheme = "internal" as const;
      const inVain = await createBalancer(context, { Name: `${context.name}-a`, Scheme }, internalPort);
      const meant = await createBalancer(context, { Name: `${context.name}-b`, Scheme }, internalPort);
      await route(
        context,
        await groupOfServers(context, "/healthy", ["one"], { Name: `${context.name}-1` }),
        "/x",
        inVain,
      );
      await route(
        context,
        await groupOfServers(context, "/healthy", ["two"], { Name: `${context.name}-2` }),
        "/x",
        meant,
      );
      const AliasTarget = { DNSName: meant.dnsName, HostedZoneId: loadBalancersZone, EvaluateTargetHealth: false };
      await privateRecord(context, "dev.internal", { Name: "backend.dev.internal", Type: "A", AliasTarget });
      return seen(
        await python(
          context,
          `
import time, urllib.request as u
for _ in range(20):
    time.sleep(1)
    try:
        said = u.urlopen("http://backend.dev.internal:${internalPort}/x", timeout=3).read()
    except OSError:
        continue
    if said == b"two": raise SystemExit(0)
raise SystemExit(1)`,
        ),
      );
    },
  },
  {
    id: "route53-any-name",
    service,
    capability: "Any other name of a private hosted zone is known inside its network as well.",
    note: "Names other than `backend.<environment>.internal` lead nowhere here.",
    run: async (context) => {
      const Name = `app.${context.name}.internal`;
      const record = { Name, Type: "A", TTL: 60, ResourceRecords: [{ Value: "10.253.1.10" }] } as const;
      await privateRecord(context, `${context.name}.internal`, {
        ...record,
        ResourceRecords: [...record.ResourceRecords],
      });
      return seen(await python(context, `import socket; assert socket.gethostbyname("${Name}") == "10.253.1.10"`));
    },
  },
] as const satisfies readonly Probe[];
