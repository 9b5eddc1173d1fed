import type { ClassifiedChange } from "../../classify/classify";
import { nameOf } from "../reach/labels";
import type { Resource } from "../reach/resources";
import { eachChange, type Flag, type Rule, type Subject } from "../rule";

/** Arguments that say who reaches what. */
export const ways = /ingress|egress|cidr|prefix_list|security_group|port|protocol|internal|subnet|route|public|gateway/;

export const exposed: Rule = {
  id: "exposed",
  severity: "high",
  about: "security",
  speaksOf: ways,
  why: "Something that was reached from inside is reached by everybody, over security groups, load balancers and routes.",
  check: (subject) => [
    ...openGroups(subject),
    ...joinedOpenGroups(subject),
    ...publicLoadBalancers(subject),
    ...publicSubnets(subject),
    ...publicAddresses.check(subject),
  ],
};

function openGroups(subject: Subject): Flag[] {
  return subject.reachability
    .newReaches()
    .filter(
      ({ direction, isFromEverybody, isNewFrontDoor }) => direction === "in" && isFromEverybody && !isNewFrontDoor,
    )
    .map(({ sentence, by }) => ({
      ...changeOf(by, subject),
      says: sentence,
      instead: "name the security group or the addresses that need it",
    }));
}

function joinedOpenGroups(subject: Subject): Flag[] {
  return subject.reachability.newlyInOpenGroups().map(({ by, sentence }) => ({
    ...changeOf(by, subject),
    says: sentence,
    instead: "give it a group of its own, which names who needs it",
  }));
}

function publicLoadBalancers(subject: Subject): Flag[] {
  return subject.reachability.newlyPublicLoadBalancers().map(({ by, behind }) => ({
    ...changeOf(by, subject),
    says: `it was private and faces the internet now${behind.length > 0 ? `, and with it ${behind.join(" and ")}` : ""}`,
    instead: "keep it internal, and lead the internet in through the public load balancer",
  }));
}

function publicSubnets(subject: Subject): Flag[] {
  return subject.reachability.newlyPublicSubnets().map(({ subnet, by }) => ({
    ...changeOf(by, subject),
    says: `${nameOf(subnet)} was private and has a route to the internet gateway now; what is in it without a public address has no way out`,
    outage: "downtime",
    instead: "lead private subnets to a NAT gateway or to endpoints",
  }));
}

/** `publicly_accessible` of databases, `assign_public_ip` of tasks, `map_public_ip_on_launch` of subnets. */
const publicAddresses: Pick<Rule, "check"> = {
  check: eachChange((change) =>
    change.differences
      .filter(
        ({ path, after }) =>
          /(^|\.)(publicly_accessible|assign_public_ip|map_public_ip_on_launch|associate_public_ip_address|endpoint_public_access)$/.test(
            path,
          ) && after === true,
      )
      .filter(() => change.action === "update" || change.action === "replace")
      .map(({ path }) => ({ says: `it gets a public address (${path})` })),
  ),
};

export function changeOf({ stack, address }: Resource, { changes }: Subject): { change?: ClassifiedChange } {
  const change = indexOf(changes).get(`${stack} ${address}`);
  return change === undefined ? {} : { change };
}

const indexes = new WeakMap<readonly ClassifiedChange[], ReadonlyMap<string, ClassifiedChange>>();

function indexOf(changes: readonly ClassifiedChange[]): ReadonlyMap<string, ClassifiedChange> {
  const found = indexes.get(changes) ?? new Map(changes.map((each) => [`${each.stack} ${each.address}`, each]));
  indexes.set(changes, found);
  return found;
}
