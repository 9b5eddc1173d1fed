import type { ClassifiedChange } from "../../classify/classify";
import { nameOf } from "../reach/labels";
import type { Resource } from "../reach/resources";
import { differencesAt, eachChange, type Flag, type Rule, type Subject, words } from "../rule";

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
  return subject.reachability.newlyPublicSubnets().map(({ subnet, by, isByIpv6Alone }) => ({
    ...changeOf(by, subject),
    ...(isByIpv6Alone
      ? { says: `${nameOf(subnet)} was private, and its IPv6 addresses can be reached from the internet now` }
      : {
          says: `${nameOf(subnet)} was private and has a route to the internet gateway now; what is in it without a public address has no way out`,
          outage: "downtime",
        }),
    instead: "lead private subnets to a NAT gateway, an egress-only gateway or endpoints",
  }));
}

const addresses: readonly (readonly [path: RegExp, value: RegExp, says: string])[] = [
  // Of databases, tasks, subnets, machines and clusters.
  [
    /(^|\.)(publicly_accessible|assign_public_ip|map_public_ip_on_launch|associate_public_ip_address|endpoint_public_access)$/,
    /^true$/,
    "it gets a public address",
  ],
  [/(^|\.)public_access_cidrs(\[\])?$/, /\/[0-6]$/, "every address may come to its public endpoint"],
];

const publicAddresses: Pick<Rule, "check"> = {
  check: eachChange((change) =>
    change.action === "update" || change.action === "replace"
      ? addresses.flatMap(([path, value, says]) =>
          differencesAt(change, path)
            .filter((each) => value.test(words(each.after)))
            .map((each) => ({ says: `${says} (${each.path})` })),
        )
      : [],
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
