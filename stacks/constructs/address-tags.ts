import { type IAspect, TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";

interface Taggable {
  tags: Record<string, string>;
  readonly tagsInput: Record<string, string> | undefined;
}

/**
 * Gives each resource the tag `Address`, its address in Terraform. Together with the tag `Stack` it says of anything found in the
 * account which code made it.
 */
export class AddressTags implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !isTaggable(node)) return;
    node.tags = { ...node.tagsInput, Address: `${node.terraformResourceType}.${node.friendlyUniqueId}` };
  }
}

function isTaggable(node: object): node is Taggable {
  return "tagsInput" in node;
}
