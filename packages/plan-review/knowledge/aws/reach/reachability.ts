import type { ReachRow } from "../../../effects/effect";
import type { Resource, Resources } from "../../../effects/resources";
import { at } from "../../../read/plan";
import { uncovered } from "./addresses";
import { nameOf } from "./labels";
import {
  groupOfRule,
  isEverybody,
  isIcmp,
  isOfProtocol,
  isPrivatePort,
  isWhole,
  isWithin,
  type Opening,
  overlap,
  portWords,
} from "./rules";
import { Side } from "./side";
import { type PublicSubnet, publicSubnets } from "./subnets";

/** Somebody who reaches a group's resources, or whom they reach, on one side only: before or after. */
export interface ReachChange {
  readonly sentence: string;
  readonly direction: Opening["direction"];
  readonly isFromEverybody: boolean;
  /** The usual front door: HTTP and HTTPS of a load balancer that is new, too. */
  readonly isNewFrontDoor: boolean;
  /** The group, or whatever uses it, is created: nothing that was there is reached. */
  readonly isOfSomethingNew: boolean;
  readonly isPing: boolean;
  /** What is left on the other side, so that it is only narrower. */
  readonly isNarrower: boolean;
  readonly by: Resource;
}

/** Who reaches what, before and after all plans together: over security groups, load balancers and routes. A difference of two sets. */
export class Reachability {
  private readonly before: Side;
  private readonly after: Side;

  constructor(resourcesBefore: Resources, resourcesAfter: Resources) {
    this.before = new Side(resourcesBefore);
    this.after = new Side(resourcesAfter);
  }

  /** What is open after and was not before. */
  gained(): ReachChange[] {
    return this.difference(this.after, this.before, (opening, left) => this.gainedInWords(opening, left));
  }

  /** What was open before and is not after, where both sides are still there. */
  lost(): ReachChange[] {
    return this.difference(this.before, this.after, (opening, left) => this.lostInWords(opening, left)).filter(
      ({ by }) => !this.isLosingItself(by),
    );
  }

  /** Who reaches what, before and after, where that differs. */
  rows(): ReachRow[] {
    const rows = new Map<string, { before: Set<string>; after: Set<string> }>();
    for (const time of ["before", "after"] as const) {
      for (const opening of this[time].openings) {
        const { direction, group, ports, peer } = opening;
        const { labels } = this[time];
        const key = JSON.stringify([direction, labels.of(group), portWords(ports)]);
        const row = rows.get(key) ?? { before: new Set(), after: new Set() };
        row[time].add(isWhole(peer) ? `everybody (${peer})` : labels.ofPeer(opening));
        rows.set(key, row);
      }
    }
    return [...rows].flatMap(([key, { before, after }]) => {
      const [direction, target, ports] = JSON.parse(key) as [Opening["direction"], string, string];
      const isSame = before.size === after.size && [...before].every((peer) => after.has(peer));
      return isSame ? [] : [{ direction, target, ports, before: [...before], after: [...after] }];
    });
  }

  private difference(
    own: Side,
    other: Side,
    inWords: (opening: Opening, left: "part" | "all") => string | undefined,
  ): ReachChange[] {
    const seen = new Set<string>();
    return own.openings
      .filter((opening) => own.isTouched(opening))
      .flatMap((opening) => {
        const left = this.leftOf(opening, this.counterparts(opening, own, other), own, other);
        const sentence = left === "nothing" ? undefined : inWords(opening, left);
        if (sentence === undefined || seen.has(sentence)) return [];
        seen.add(sentence);
        return [this.change(opening, sentence)];
      });
  }

  /** What of an opening is in none of others: by ports, protocols and addresses. */
  private leftOf(opening: Opening, others: readonly Opening[], own: Side, other: Side): "nothing" | "part" | "all" {
    const covering = others.filter(({ ports }) => isWithin(opening.ports, ports));
    const sameGroup = covering.some(({ peer }) => isSame(peer, opening.peer, other, own));
    if (sameGroup) return "nothing";
    const left = uncovered(
      opening.peer,
      covering.map(({ peer }) => peer),
    );
    // Every address is also that of every group.
    if (left === "all" && covering.some(({ peer }) => isWhole(peer)) && !opening.peer.includes("/")) return "nothing";
    const isPartlyOpen = others.some(
      ({ ports, peer }) =>
        isOfProtocol(ports, opening.ports) && overlap(ports, opening.ports) && isSame(peer, opening.peer, other, own),
    );
    return left === "all" && isPartlyOpen ? "part" : left;
  }

  /** What is open of the same group on the other side, in the same direction. */
  private counterparts({ direction, group, by }: Opening, own: Side, other: Side): Opening[] {
    const candidates = [...other.openingsOf(group), ...other.openingsOf(own.labels.of(group))];
    const rule = groupOfRule(by);
    // Where the group has no name yet, the same rule tells which one it was.
    const isOfSame = (each: Opening) =>
      (group === rule && groupOfRule(each.by) === rule) || isSame(each.group, group, other, own);
    return [...new Set(candidates)].filter((each) => each.direction === direction && isOfSame(each));
  }

  private gainedInWords(opening: Opening, left: "part" | "all"): string {
    const { direction, group, peer, ports } = opening;
    const target = this.after.labels.of(group);
    const same = this.counterparts(opening, this.after, this.before).filter((old) => overlap(old.ports, ports));
    const were = [...new Set(same.map((old) => this.before.labels.ofPeer(old)))];
    const now = isWhole(peer) ? `everybody (${peer})` : this.after.labels.ofPeer(opening);
    const was =
      were.length === 0
        ? "was closed"
        : left === "part"
          ? `was part of it: ${were.join(", ")}`
          : `was ${were.join(", ")}`;
    return direction === "in"
      ? `Opens ${portWords(ports)} of ${target} to ${now} (${was})`
      : `Lets ${target} reach ${now} on ${portWords(ports)} (${was})`;
  }

  private lostInWords(opening: Opening, left: "part" | "all"): string {
    const { direction, group, peer, ports } = opening;
    const target = this.before.labels.of(group);
    const who = isWhole(peer) ? `everybody (${peer})` : this.before.labels.ofPeer(opening);
    const same = this.counterparts(opening, this.before, this.after).filter((now) => overlap(now.ports, ports));
    const still = [
      ...new Set(
        same.map(
          (now) =>
            `${this.after.labels.ofPeer(now)}${now.ports.protocol === ports.protocol ? "" : ` by ${now.ports.protocol}`}`,
        ),
      ),
    ];
    const rest = still.length === 0 ? "" : ` (still open to: ${still.join(", ")})`;
    const part = left === "part" ? "part of " : "";
    return direction === "in"
      ? `Cuts off ${part}${who} from ${portWords(ports)} of ${target}${rest}`
      : `Cuts off ${target} from ${part}${who} on ${portWords(ports)}${rest}`;
  }

  /** The group is deleted or replaced, or all that uses it, or the peer: then the deletion itself is told. */
  private isLosingItself(by: Resource): boolean {
    return this.before.openingsBy(by).every(({ group, peer }) => [group, peer].some((id) => this.isGoing(id)));
  }

  private isGoing(id: string): boolean {
    const own = this.before.labels.groupOf(id);
    const users = this.before.labels.usersOf(id);
    const isGone = (each: Resource) => this.after.resources.at(each) === undefined;
    return (own !== undefined && isGone(own)) || (users.length > 0 && users.every(isGone));
  }

  private change(opening: Opening, sentence: string): ReachChange {
    const { direction, group, peer, ports, by } = opening;
    const users = this.after.labels.usersOf(group);
    return {
      ...{ sentence, direction, by },
      isFromEverybody: isEverybody(peer),
      isNewFrontDoor:
        users.length > 0 &&
        users.every(
          ({ type, values, change }) =>
            (type === "aws_lb" || type === "aws_alb" || type === "aws_elb") &&
            values.internal !== true &&
            change.change.actions.includes("create"),
        ) &&
        ports.from === ports.to &&
        [80, 443].includes(ports.from),
      // A group whose id the apply will tell is created, too.
      isOfSomethingNew:
        this.after.isNew(group) || (group === groupOfRule(by) && at(by.unknown, "security_group_id") === true),
      isPing: isIcmp(ports.protocol),
      isNarrower:
        this.counterparts(opening, this.before, this.after).some((now) => overlap(now.ports, ports)) &&
        isEverybody(peer) &&
        (direction === "out" || isPrivatePort(ports)),
    };
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
    return `Exposes ${nameOf(by)}: it joins ${name}, in which ${portWords(ports)} is open to ${peer}`;
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
}

/** One that is replaced has no id yet: then what uses it decides. */
function isSame(their: string, our: string, theirs: Side, ours: Side): boolean {
  return their === our || (theirs.labels.of(their) === ours.labels.of(our) && !ours.labels.has(their));
}

function placeOf({ stack, address }: Resource): string {
  return `${stack} ${address}`;
}
