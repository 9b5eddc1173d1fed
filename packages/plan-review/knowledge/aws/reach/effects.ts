import type { ClassifiedChange } from "../../../classify/classify";
import { cutsOff, exposes, type Flag, givesAccess, type ReachRow, type Subject } from "../../../effects/effect";
import type { Resource } from "../../../effects/resources";
import { nameOf } from "./labels";
import { Reachability } from "./reachability";

const nameThem = "name the security group or the addresses that need it";

/** Who comes in, who is cut off, and what faces the internet now. */
export function reach(subject: Subject): Flag[] {
  const reachability = reachabilityOf(subject);
  // Who may ask whether a machine answers learns no more than that.
  const gained = reachability.gained().filter(({ isPing }) => !isPing);
  return [
    ...gained
      .filter(
        ({ direction, isFromEverybody, isNewFrontDoor }) => direction === "in" && isFromEverybody && !isNewFrontDoor,
      )
      .map(({ sentence, by }) => ({ ...changeOf(by, subject), effect: exposes(sentence, nameThem) })),
    ...gained
      .filter((each) => each.direction === "out" || !each.isFromEverybody || each.isNewFrontDoor)
      // A new service opens its own ways, and nothing that was there is reached by it.
      .filter(({ by, isNewFrontDoor, isOfSomethingNew }) => {
        return isNewFrontDoor || !(isOfSomethingNew && by.change.change.actions.includes("create"));
      })
      .map(({ sentence, by }) => ({ ...changeOf(by, subject), effect: givesAccess(sentence) })),
    ...reachability.lost().map(({ sentence, by, isNarrower }) => {
      const effect = cutsOff(sentence, "check first that nobody comes from there any more");
      return { ...changeOf(by, subject), effect: isNarrower ? { ...effect, verdict: "look" as const } : effect };
    }),
    ...reachability.newlyInOpenGroups().map(({ by, sentence }) => ({
      ...changeOf(by, subject),
      effect: exposes(sentence, "give it a group of its own, which names who needs it"),
    })),
    ...reachability.newlyPublicLoadBalancers().map(({ by, behind }) => ({
      ...changeOf(by, subject),
      effect: exposes(
        `Exposes a private load balancer to the internet${behind.length > 0 ? `, and with it ${behind.join(" and ")}` : ""}`,
        "keep it internal, and lead the internet in through the public load balancer",
      ),
    })),
    ...reachability.newlyPublicSubnets().map(({ subnet, by, isByIpv6Alone }) => ({
      ...changeOf(by, subject),
      effect: {
        ...exposes(
          isByIpv6Alone
            ? `Exposes the IPv6 addresses in ${nameOf(subnet)} to the internet: it was private`
            : `Exposes ${nameOf(subnet)} to the internet: it was private; what has no public address in it has no way out`,
          "lead private subnets to a NAT gateway, an egress-only gateway or endpoints",
        ),
        outage: isByIpv6Alone ? ("none" as const) : ("downtime" as const),
      },
    })),
  ];
}

export function reachRows(subject: Subject): readonly ReachRow[] {
  return reachabilityOf(subject).rows();
}

const known = new WeakMap<Subject, Reachability>();

function reachabilityOf(subject: Subject): Reachability {
  const found = known.get(subject) ?? new Reachability(subject.resourcesBefore, subject.resourcesAfter);
  known.set(subject, found);
  return found;
}

function changeOf({ stack, address }: Resource, { changes }: Subject): { change?: ClassifiedChange } {
  const change = indexOf(changes).get(`${stack} ${address}`);
  return change === undefined ? {} : { change };
}

const indexes = new WeakMap<readonly ClassifiedChange[], ReadonlyMap<string, ClassifiedChange>>();

function indexOf(changes: readonly ClassifiedChange[]): ReadonlyMap<string, ClassifiedChange> {
  const found = indexes.get(changes) ?? new Map(changes.map((each) => [`${each.stack} ${each.address}`, each]));
  indexes.set(changes, found);
  return found;
}
