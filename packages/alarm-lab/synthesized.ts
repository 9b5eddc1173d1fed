import type { Found, Json } from "./found";

/** A stack of CDKTF (cdk.tf.json), or another file of Terraform's JSON syntax. */
export function isSynthesized(content: Json): boolean {
  return content.format_version === undefined && typeof content.resource === "object";
}

export function synthesizedResources(stack: Json, stacks: readonly Json[]): Found[] {
  const resolve = resolver(new Map(stacks.map((each) => [stackName(each), each])));
  const resolved = JSON.parse(resolve(JSON.stringify(stack.resource ?? {}))) as Json;
  return Object.entries(resolved).flatMap(([type, byName]) =>
    Object.entries(byName as Json).map(([name, values]) => ({
      ...{ address: `${type}.${name}`, type, values: values as Json },
      ...{ unknown: {}, references: {} },
    })),
  );
}

function stackName(content: Json): string {
  return content["//"]?.metadata?.stackName ?? "";
}

const reference = /\$\{([A-Za-z0-9_.-]+)\}/g;

/** Replaces `${…}` by what it stands for, where a stack says so literally; what AWS will decide stays a reference. */
function resolver(stacks: ReadonlyMap<string, Json>): (text: string) => string {
  const lookUp = (path: string): string | undefined => {
    const remote = /^data\.terraform_remote_state\.(.+)\.outputs\.(.+)$/.exec(path);
    if (remote) {
      const [, source = "", output = ""] = remote;
      const stack = [...stacks].find(([name]) => source.endsWith(name))?.[1];
      const value = stack?.output?.[output]?.value;
      return typeof value === "string" ? value : undefined;
    }
    const [type = "", name = "", attribute = ""] = path.split(".");
    const values = [...stacks.values()].map((stack) => stack.resource?.[type]?.[name]?.[attribute]);
    return values.find((value) => typeof value === "string");
  };
  const resolve = (text: string, depth = 0): string =>
    text.replace(reference, (whole, path: string) => {
      const value = depth < 10 ? lookUp(path) : undefined;
      // It goes into a JSON string.
      return value === undefined ? whole : resolve(JSON.stringify(value).slice(1, -1), depth + 1);
    });
  return resolve;
}
