import { GetResourcesCommand, type ResourceGroupsTaggingAPIClient } from "@aws-sdk/client-resource-groups-tagging-api";

export interface Tagged {
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** All that carries the environment's tag in the client's account and region. AWS goes on listing some of what was deleted, for an hour or so. */
export async function taggedResources(client: ResourceGroupsTaggingAPIClient, environment: string): Promise<Tagged[]> {
  const TagFilters = [{ Key: "Environment", Values: [environment] }];
  const found: Tagged[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(new GetResourcesCommand({ TagFilters, PaginationToken: token }));
    for (const { ResourceARN = "", Tags = [] } of page.ResourceTagMappingList ?? []) {
      found.push({ arn: ResourceARN, tags: Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) });
    }
    token = page.PaginationToken || undefined;
  } while (token);
  return found;
}
