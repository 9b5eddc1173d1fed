import type { Plan } from "./read/plan";
import { withoutKeys } from "./read/references";

/** Something that names what is changed, or names what names it. */
export interface Affected {
  readonly address: string;
  /** The argument by which it does. */
  readonly by: string;
  /** 1 for what names it itself. */
  readonly depth: number;
}

/** More than a person follows. */
const deepest = 4;
const most = 50;

/** What depends on each resource of a plan, by the references of its configuration; addresses are without keys. */
export class Dependents {
  private readonly direct = new Map<string, { readonly address: string; readonly by: string }[]>();

  constructor({ references }: Pick<Plan, "references">) {
    for (const [address, named] of references) {
      for (const [by, targets] of Object.entries(named)) {
        for (const target of new Set(targets.map(resourceIn))) {
          if (target !== address) this.direct.set(target, [...(this.direct.get(target) ?? []), { address, by }]);
        }
      }
    }
  }

  /** In the order of a tree: what depends on something follows it. */
  of(address: string): Affected[] {
    const found: Affected[] = [];
    const seen = new Set([withoutKeys(address)]);
    const follow = (target: string, depth: number) => {
      for (const each of this.direct.get(target) ?? []) {
        if (seen.has(each.address) || found.length >= most) continue;
        seen.add(each.address);
        found.push({ ...each, depth });
        if (depth < deepest) follow(each.address, depth + 1);
      }
    };
    follow(withoutKeys(address), 1);
    return found;
  }
}

/** `module.a.aws_vpc.main.id` is of `module.a.aws_vpc.main`; data and variables are no resources, and have no dependents that change. */
function resourceIn(reference: string): string {
  const [modules = "", rest = ""] = splitModules(withoutKeys(reference));
  return modules + rest.split(".").slice(0, 2).join(".");
}

function splitModules(reference: string): [string, string] {
  const [modules = ""] = /^(?:module\.[^.]+\.)*/.exec(reference) ?? [];
  return [modules, reference.slice(modules.length)];
}
