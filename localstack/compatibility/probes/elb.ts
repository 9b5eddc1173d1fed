import { connect } from "node:tls";
import {
  CreateListenerCommand,
  DeleteListenerCommand,
  ElasticLoadBalancingV2Client,
  ModifyLoadBalancerAttributesCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import {
  answersBy,
  ask,
  byDefault,
  createBalancer,
  createGroup,
  groupOfServers,
  type LoadBalancer,
  loadBalancersUrl,
  route,
  targetStates,
} from "../balancer";
import { issuedCertificate } from "../certificate";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";

const service = "Elastic Load Balancing";

/** What the servers behind a path say, asked so many times. */
async function voices(context: ProbeContext, balancer: LoadBalancer, path: string, count: number): Promise<string[]> {
  const said: string[] = [];
  for (let index = 0; index < count; index++) said.push((await ask(context, balancer, path)).body);
  return [...new Set(said)].sort();
}

export const elbProbes = [
  {
    id: "elb-path-rules",
    service,
    capability: "Requests go by the rules of a listener, and else to its default action.",
    run: async (context) => {
      const balancer = await route(context, await groupOfServers(context), `/${context.name}/a*`);
      await answersBy(context, balancer, `/${context.name}/a1`);
      const other = await ask(context, balancer, `/${context.name}/b1`);
      return seen(other.status === byDefault.status && other.body === byDefault.body);
    },
  },
  {
    id: "elb-health-checks",
    service,
    capability: "A target that fails its health check gets no requests, until it passes again.",
    run: async (context) => {
      const TargetGroupArn = await groupOfServers(context, "/only-one");
      const path = `/${context.name}/x`;
      const balancer = await route(context, TargetGroupArn, path);
      await answersBy(context, balancer, path);
      const isOut = await context.within(25, async () => {
        const states = await targetStates(context, TargetGroupArn);
        return states.sort().join() === "healthy,unhealthy";
      });
      // The load balancers read the states every second.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      if (!isOut || (await voices(context, balancer, path, 20)).join() !== "one") return "stored";
      const elb = context.client(ElasticLoadBalancingV2Client);
      await elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckPath: "/healthy" }));
      return seen(
        await context.within(25, async () => (await voices(context, balancer, path, 5)).join() === "one,two"),
      );
    },
  },
  {
    id: "elb-no-targets-503",
    service,
    capability: "A rule whose target group is empty answers 503.",
    run: async (context) => {
      const path = `/${context.name}/x`;
      const balancer = await route(context, await createGroup(context, "/healthy"), path);
      return seen(await context.within(10, async () => (await ask(context, balancer, path)).status === 503));
    },
  },
  {
    id: "elb-weighted-groups",
    service,
    capability: "A rule shares requests out to its target groups by weight.",
    run: async (context) => {
      const [one, two] = await Promise.all([
        groupOfServers(context, "/healthy", ["one"], { Name: `${context.name}-1` }),
        groupOfServers(context, "/healthy", ["two"], { Name: `${context.name}-2` }),
      ]);
      const groups = [one, two].map((TargetGroupArn) => ({ TargetGroupArn, Weight: TargetGroupArn === two ? 1 : 0 }));
      const path = `/${context.name}/x`;
      const action = { Type: "forward", ForwardConfig: { TargetGroups: groups } } as const;
      const balancer = await route(context, action, path);
      await context.within(15, async () => (await ask(context, balancer, path)).status === 200);
      return seen((await voices(context, balancer, path, 10)).join() === "two");
    },
  },
  {
    id: "elb-stickiness",
    service,
    capability: "Stickiness sends a visitor to the same target again.",
    note: "Visitors move between targets here whatever the target group says.",
    run: async (context) => {
      const TargetGroupArn = await groupOfServers(context);
      const Attributes = [
        { Key: "stickiness.enabled", Value: "true" },
        { Key: "stickiness.type", Value: "lb_cookie" },
        { Key: "stickiness.lb_cookie.duration_seconds", Value: "60" },
      ];
      const elb = context.client(ElasticLoadBalancingV2Client);
      await elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes }));
      const path = `/${context.name}/x`;
      const balancer = await route(context, TargetGroupArn, path);
      const first = await answersBy(context, balancer, path);
      const cookie = first.cookies.map((each) => each.split(";")[0]).join("; ");
      if (!cookie.includes("AWSALB")) return "stored";
      const again = [];
      for (let index = 0; index < 10; index++) again.push((await ask(context, balancer, path, cookie)).body);
      return seen(again.every((body) => body === first.body));
    },
  },
  {
    id: "elb-https",
    service,
    capability: "An HTTPS listener ends TLS with its certificate.",
    note: "Certificates, TLS policies and the redirect from HTTP to HTTPS are not seen by any browser here: the port stays closed.",
    run: async (context) => {
      const CertificateArn = await issuedCertificate(context);
      const elb = context.client(ElasticLoadBalancingV2Client);
      const balancer = await createBalancer(context);
      const fixed = { StatusCode: "200", ContentType: "text/plain", MessageBody: "secure" };
      const { Listeners } = await elb.send(
        new CreateListenerCommand({
          ...{ LoadBalancerArn: balancer.arn, Port: 443, Protocol: "HTTPS", Certificates: [{ CertificateArn }] },
          DefaultActions: [{ Type: "fixed-response", FixedResponseConfig: fixed }],
        }),
      );
      context.afterwards(() => elb.send(new DeleteListenerCommand({ ListenerArn: Listeners?.[0]?.ListenerArn })));
      return seen(await context.within(5, () => speaksTls(loadBalancersUrl(context), balancer.dnsName)));
    },
  },
  {
    id: "elb-access-logs",
    service,
    capability: "Requests are written to the bucket for access logs.",
    note: "Whether ELB may write to the bucket, and what it writes, is not seen here.",
    run: async (context) => {
      const s3 = context.client(S3Client, { forcePathStyle: true });
      const Bucket = context.name;
      await s3.send(new CreateBucketCommand({ Bucket }));
      const logs = async () => (await s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? [];
      context.afterwards(() => s3.send(new DeleteBucketCommand({ Bucket })));
      context.afterwards(async () => {
        for (const { Key } of await logs()) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      });
      // Load balancers write a test file as soon as the logs are switched on.
      const Principal = { Service: "logdelivery.elasticloadbalancing.amazonaws.com" };
      const allowed = {
        Effect: "Allow",
        Principal,
        Action: "s3:PutObject",
        Resource: `arn:aws:s3:::${Bucket}/AWSLogs/*`,
      };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [allowed] });
      await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
      const balancer = await createBalancer(context);
      const Attributes = [
        { Key: "access_logs.s3.enabled", Value: "true" },
        { Key: "access_logs.s3.bucket", Value: Bucket },
      ];
      const elb = context.client(ElasticLoadBalancingV2Client);
      await elb.send(new ModifyLoadBalancerAttributesCommand({ LoadBalancerArn: balancer.arn, Attributes }));
      await context.within(10, async () => (await ask(context, balancer, "/x")).status === byDefault.status);
      return seen(await context.within(15, async () => (await logs()).length > 0));
    },
  },
] as const satisfies readonly Probe[];

/** Whether TLS is spoken where the load balancers are. The certificate is nobody's, so it is not looked at. */
function speaksTls(url: string, servername: string): Promise<boolean> {
  const { hostname: host, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), servername, rejectUnauthorized: false, timeout: 3000 });
    const end = (spoken: boolean) => {
      socket.destroy();
      resolve(spoken);
    };
    socket.once("secureConnect", () => end(true));
    socket.on("error", () => end(false));
    socket.once("timeout", () => end(false));
  });
}
