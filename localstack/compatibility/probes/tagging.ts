import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateClusterCommand, DeleteClusterCommand, ECSClient } from "@aws-sdk/client-ecs";
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { CreateTopicCommand, DeleteTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { createBalancer } from "../balancer";
import { createVpc } from "../network";
import { type Probe, seen } from "../probe";
import type { ProbeContext } from "../probe-context";

export const taggingProbes = [
  {
    id: "tagging-lists-all",
    service: "Tagging",
    capability: "What carries a tag is listed by it, of every service, and no more once it is deleted.",
    run: async (context) => {
      const kept = await tagged(context);
      const isListed = async (part: string) => (await listedArns(context)).some((arn) => arn.includes(part));
      const ecs = context.client(ECSClient);
      const tags = [{ key: "probe", value: context.name }];
      await ecs.send(new CreateClusterCommand({ clusterName: context.name, tags }));
      const all = await context
        .within(10, async () => {
          const listed = await Promise.all([...kept, ":cluster/"].map(isListed));
          return listed.every(Boolean);
        })
        .finally(() => ecs.send(new DeleteClusterCommand({ cluster: context.name })));
      return seen(all && (await context.within(10, async () => !(await isListed(":cluster/")))));
    },
  },
] as const satisfies readonly Probe[];

/** Makes one thing of each of several services, and gives what stands in their ARNs. */
async function tagged(context: ProbeContext): Promise<string[]> {
  const { name } = context;
  const Tags = [{ Key: "probe", Value: name }];
  const vpc = await createVpc(context, "10.251.0.0/16");
  await context.client(EC2Client).send(new CreateTagsCommand({ Resources: [vpc], Tags }));
  const logs = context.client(CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand({ logGroupName: name, tags: { probe: name } }));
  context.afterwards(() => logs.send(new DeleteLogGroupCommand({ logGroupName: name })));
  const sns = context.client(SNSClient);
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: name, Tags }));
  context.afterwards(() => sns.send(new DeleteTopicCommand({ TopicArn })));
  const balancer = await createBalancer(context, { Tags });
  return [vpc, `log-group:${name}`, TopicArn, balancer.arn];
}

async function listedArns(context: ProbeContext): Promise<string[]> {
  const command = new GetResourcesCommand({ TagFilters: [{ Key: "probe", Values: [context.name] }] });
  const { ResourceTagMappingList = [] } = await context.client(ResourceGroupsTaggingAPIClient).send(command);
  return ResourceTagMappingList.map(({ ResourceARN = "" }) => ResourceARN);
}
