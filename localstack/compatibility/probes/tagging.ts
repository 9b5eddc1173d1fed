import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateClusterCommand, DeleteClusterCommand, ECSClient } from "@aws-sdk/client-ecs";
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";
import { CreateTopicCommand, DeleteTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { createBalancer } from "../balancer";
import { createVpc } from "../network";
import { type Probe, seen } from "../probe";
import type { World } from "../world";

export const taggingProbes = [
  {
    id: "tagging-lists-all",
    service: "Tagging",
    capability: "What carries a tag is listed by it, of every service, and no more once it is deleted.",
    run: async (world) => {
      const kept = await tagged(world);
      const isListed = async (part: string) => (await listedArns(world)).some((arn) => arn.includes(part));
      const ecs = world.client(ECSClient);
      const tags = [{ key: "probe", value: world.name }];
      await ecs.send(new CreateClusterCommand({ clusterName: world.name, tags }));
      const all = await world
        .within(10, async () => {
          const listed = await Promise.all([...kept, ":cluster/"].map(isListed));
          return listed.every(Boolean);
        })
        .finally(() => ecs.send(new DeleteClusterCommand({ cluster: world.name })));
      return seen(all && (await world.within(10, async () => !(await isListed(":cluster/")))));
    },
  },
] as const satisfies readonly Probe[];

/** Makes one thing of each of several services, and gives what stands in their ARNs. */
async function tagged(world: World): Promise<string[]> {
  const { name } = world;
  const Tags = [{ Key: "probe", Value: name }];
  const vpc = await createVpc(world, "10.251.0.0/16");
  await world.client(EC2Client).send(new CreateTagsCommand({ Resources: [vpc], Tags }));
  const logs = world.client(CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand({ logGroupName: name, tags: { probe: name } }));
  world.afterwards(() => logs.send(new DeleteLogGroupCommand({ logGroupName: name })));
  const sns = world.client(SNSClient);
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: name, Tags }));
  world.afterwards(() => sns.send(new DeleteTopicCommand({ TopicArn })));
  const balancer = await createBalancer(world, { Tags });
  return [vpc, `log-group:${name}`, TopicArn, balancer.arn];
}

async function listedArns(world: World): Promise<string[]> {
  const command = new GetResourcesCommand({ TagFilters: [{ Key: "probe", Values: [world.name] }] });
  const { ResourceTagMappingList = [] } = await world.client(ResourceGroupsTaggingAPIClient).send(command);
  return ResourceTagMappingList.map(({ ResourceARN = "" }) => ResourceARN);
}
