import type { Secrets } from "../../classify/secrets";
import type { Plan } from "../../read/plan";
import { GroupLabels, nameOf } from "./labels";
import { isCreated, type Resource, Resources } from "./resources";
import { groupOfRule, isEverybody, isWhole, isWithin, type Opening, openingsIn, overlap, portWords } from "./rules";
import { type PublicSubnet, publicSubnets } from "./subnets";

/** Something that is reached from where it was not, or that reaches where it did not. */
export interface NewReach {
  readonly sentence: string;
  readonly direction: Opening["direction"];
  readonly isFromEverybody: boolean;
  /** The usual front door: HTTP and HTTPS of a load balancer that is new, too. */
  readonly isNewFrontDoor: boolean;
  /** The group, or whatever uses it, is created: nothing that was there is reached. */
  readonly isOfSomethingNew: boolean;
  readonly by: Resource;
}

/** Who reaches what, before and after all plans together: over security groups, load balancers and routes. */
export class Reachability {
  private readonly before: Side;
  private readonly after: Side;

  constructor(plans: readonly Plan[], secrets: Secrets) {
    this.before = new Side(new Resources(plans, "before", secrets));
    this.after = new Side(new Resources(plans, "after", secrets));
  }

  get resourcesBefore(): Resources {
    return this.before.resources;
  }

  get resourcesAfter(): Resources {
    return this.after.resources;
  }

  newReaches(): NewReach[] {
    const seen = new Set<string>();
    return this.after.openings
      .filter((opening) => opening.by.change.change.actions.join() !== "no-op" || this.isRelabelled(opening))
      .filter((opening) => !this.wereOf(opening).some((old) => this.covers(old, opening)))
      .map((opening) => this.newReach(opening))
      .filter(({ sentence }) => !seen.has(sentence) && seen.add(sentence));
  }

  /** What joins a group that is open to everybody already, and had no such door before. */
  newlyInOpenGroups(): { readonly by: Resource; readonly sentence: string }[] {
    const existed = new Map(this.before.resources.all.map((each) => [placeOf(each), each]));
    const hasJoined = (by: Resource, opening: Opening) => {
      const was = existed.get(placeOf(by));
      const isMember = was !== undefined && this.before.labels.groupsOf(was).includes(opening.group);
      return was !== undefined && !isMember && !this.before.isOpen(was, opening);
    };
    return this.after.openings
      .filter(({ direction, peer }) => direction === "in" && isEverybody(peer))
      .flatMap((opening) =>
        this.after.labels
          .usersOf(opening.group)
          .filter((by) => hasJoined(by, opening))
          .map((by) => ({ by, sentence: this.joined(by, opening) })),
      );
  }

  private joined(by: Resource, { group, peer, ports }: Opening): string {
    const own = this.after.labels.groupOf(group);
    const name = own === undefined ? group : this.after.labels.nameOfGroup(own);
    return `${nameOf(by)} joins ${name}, in which ${portWords(ports)} is open to ${peer}`;
  }

  /** Load balancers that were private and face the internet, with what is behind them. */
  newlyPublicLoadBalancers(): { readonly by: Resource; readonly behind: readonly string[] }[] {
    const wasInternal = new Map(this.before.resources.ofType("aws_lb", "aws_alb").map((each) => [each.address, each]));
    return this.after.resources
      .ofType("aws_lb", "aws_alb")
      .filter(({ address, values }) => wasInternal.get(address)?.values.internal === true && values.internal === false)
      .map((by) => ({ by, behind: this.before.servicesBehind(wasInternal.get(by.address) as Resource) }));
  }

  /** Subnets that were private and now have a route to an internet gateway. */
  newlyPublicSubnets(): PublicSubnet[] {
    const key = ({ subnet, isByIpv6Alone }: PublicSubnet) => `${placeOf(subnet)} ${isByIpv6Alone}`;
    const were = new Set(publicSubnets(this.before.resources).map(key));
    const existed = new Set(this.before.resources.ofType("aws_subnet").map(placeOf));
    return publicSubnets(this.after.resources).filter(
      (each) => existed.has(placeOf(each.subnet)) && !were.has(key(each)),
    );
  }

  private isRelabelled({ group }: Opening): boolean {
    return this.after.labels.usersOf(group).some(({ change }) => change.change.actions.join() !== "no-op");
  }

  /** What was open of the same group, in the same direction. */
  private wereOf({ direction, group, by }: Opening): Opening[] {
    const candidates = [...this.before.openingsOf(group), ...this.before.openingsOf(this.after.labels.of(group))];
    const own = groupOfRule(by);
    // Where the group has no name yet, the same rule tells which one it was.
    const isSame = (old: Opening) => (group === own && groupOfRule(old.by) === own) || this.isSame(old.group, group);
    return [...new Set(candidates)].filter((old) => old.direction === direction && isSame(old));
  }

  /** One that is replaced has no id yet: then its name decides. */
  private isSame(before: string, after: string): boolean {
    if (before === after) return true;
    return this.before.labels.of(before) === this.after.labels.of(after) && !this.after.labels.has(before);
  }

  private covers(old: Opening, opening: Opening): boolean {
    return isWithin(opening.ports, old.ports) && (isWhole(old.peer) || this.isSame(old.peer, opening.peer));
  }

  private newReach(opening: Opening): NewReach {
    const { direction, group, peer, ports, by } = opening;
    const target = this.after.labels.of(group);
    const same = this.wereOf(opening).filter((old) => overlap(old.ports, ports));
    const were = [...new Set(same.map((old) => this.before.labels.ofPeer(old)))];
    const now = isWhole(peer) ? `${peer} (everybody)` : this.after.labels.ofPeer(opening);
    const users = this.after.labels.usersOf(group);
    return {
      sentence:
        direction === "in"
          ? `${portWords(ports)} of ${target}: was ${were.length > 0 ? `${were.join(", ")} only` : "closed"}, now ${were.length > 0 ? "also " : ""}${now}`
          : `${target} may go to ${now} on ${portWords(ports)}: was ${were.length > 0 ? `${same.map((old) => `${this.before.labels.ofPeer(old)} on ${portWords(old.ports)}`).join(", ")} only` : "shut"}`,
      direction,
      isFromEverybody: isEverybody(peer),
      isNewFrontDoor:
        users.length > 0 &&
        users.every(
          ({ type, values, change }) =>
            /^aws_a?lb$/.test(type) && values.internal !== true && change.change.actions.includes("create"),
        ) &&
        ports.from === ports.to &&
        [80, 443].includes(ports.from),
      isOfSomethingNew: this.after.isNew(group),
      by,
    };
  }
}

function placeOf({ stack, address }: Resource): string {
  return `${stack} ${address}`;
}

class Side {
  readonly openings: readonly Opening[];
  readonly labels: GroupLabels;
  /** By a group's id, by what people call it, and by the rule that opens it. */
  private readonly byGroup = new Map<string, Opening[]>();

  constructor(readonly resources: Resources) {
    this.openings = openingsIn(resources);
    this.labels = new GroupLabels(resources);
    for (const opening of this.openings) {
      for (const name of new Set([opening.group, this.labels.of(opening.group), groupOfRule(opening.by)])) {
        const others = this.byGroup.get(name);
        if (others) others.push(opening);
        else this.byGroup.set(name, [opening]);
      }
    }
  }

  openingsOf(group: string): readonly Opening[] {
    return this.byGroup.get(group) ?? [];
  }

  /** Whether one of its groups has such a door. */
  isOpen(resource: Resource, { direction, peer, ports }: Opening): boolean {
    return this.labels
      .groupsOf(resource)
      .flatMap((group) => this.openingsOf(group))
      .some(
        (old) => old.direction === direction && isWithin(ports, old.ports) && (isWhole(old.peer) || old.peer === peer),
      );
  }

  /** Whether the group, or all that uses it, is created. */
  isNew(group: string): boolean {
    const own = this.labels.groupOf(group);
    const users = this.labels.usersOf(group);
    return (own !== undefined && isCreated(own)) || (users.length > 0 && users.every(isCreated));
  }

  /** ECS services to whose target groups a load balancer's listeners lead. */
  servicesBehind({ id, arn }: Resource): string[] {
    const { resources } = this;
    const listeners = resources
      .ofType("aws_lb_listener", "aws_alb_listener")
      .filter((each) => resources.named(each, "load_balancer_arn").some((of) => of === arn || of === id));
    const listenerArns = listeners.flatMap((each) => [each.arn, each.id]);
    const rules = resources
      .ofType("aws_lb_listener_rule", "aws_alb_listener_rule")
      .filter((each) => resources.named(each, "listener_arn").some((of) => listenerArns.includes(of)));
    const text = JSON.stringify([...listeners, ...rules].map(({ values }) => [values.default_action, values.action]));
    return resources
      .ofType("aws_ecs_service")
      .filter(({ values }) =>
        JSON.stringify(values.load_balancer ?? [])
          .match(/"arn:[^"]+"/g)
          ?.some((target) => text.includes(target)),
      )
      .map(nameOf);
  }
}
