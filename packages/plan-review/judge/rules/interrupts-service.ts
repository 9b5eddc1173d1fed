import type { ClassifiedChange } from "../../classify/classify";
import { eachChange, isGoing, type Rule } from "../rule";
import { kindOf } from "../types";

const instead: readonly (readonly [RegExp, string])[] = [
  [
    /^aws_ecs_service$/,
    "set force_new_deployment and change capacity in place, or make a second service and move traffic over",
  ],
  [/^aws_ecs_cluster$/, "make a second cluster, move the services one by one, then remove the old one"],
  [
    /^aws_a?lb_target_group$/,
    "use name_prefix with create_before_destroy, so that the new group takes over before the old one goes",
  ],
  [/^aws_a?lb$/, "make a second load balancer, move the DNS name, then remove the old one"],
  [/^aws_a?lb_listener(_rule)?$/, "use a moved block, or add the new one under another port or priority first"],
  [/^aws_security_group$/, "use name_prefix with create_before_destroy; a group in use cannot be deleted"],
  [
    /^aws_(subnet|vpc|route\w*|nat_gateway|internet_gateway)$/,
    "add new ones beside the old, move what runs there, then remove the old ones",
  ],
  [/^aws_eip$/, "keep the address: others may admit it by name, and AWS does not give it back"],
  [/^aws_route53_/, "add the new name first, and remove the old one when nobody asks for it"],
];

/** Others know them by a name or an address that a new one does not have, whichever is made first. */
const identities =
  /^aws_(route53_zone|eip|nat_gateway|api_gateway_rest_api|apigatewayv2_api|cognito_user_pool_client)$|_(dns|managed)_zone$/;

export const interruptsService: Rule = {
  id: "interrupts-service",
  severity: "high",
  why: "What traffic passes through, or runs on, is deleted before its successor is there, or without one.",
  check: eachChange((change) =>
    isServingAndGoing(change) && !isTakenOver(change)
      ? [{ says: sentence(change), outage: "downtime", ...adviceFor(change) }]
      : [],
  ),
};

/** The same with create_before_destroy. */
export const drains: Rule = {
  id: "drains",
  severity: "medium",
  why: "The successor is made first, but whoever is connected to the old one is cut off.",
  check: eachChange((change) =>
    isServingAndGoing(change) && isTakenOver(change)
      ? [
          {
            says: "a new one takes over before the old one goes; open connections are cut",
            outage: "connections drain",
          },
        ]
      : [],
  ),
};

function isServingAndGoing(change: ClassifiedChange): boolean {
  return isGoing(change) && kindOf(change.type) === "serving";
}

function isTakenOver({ type, isCreatedFirst }: ClassifiedChange): boolean {
  return isCreatedFirst && !identities.test(type);
}

function sentence({ action, type, isCreatedFirst }: ClassifiedChange): string {
  const thing = type.replace(/^[a-z]+_/, "").replaceAll("_", " ");
  if (action === "delete") return `the ${thing} is deleted: what uses it stops`;
  return isCreatedFirst
    ? `the new ${thing} is known by another name or address: who uses the old one finds nothing there`
    : `the ${thing} is deleted before the new one is there: what uses it stops until then`;
}

function adviceFor({ type }: ClassifiedChange): { instead?: string } {
  const [, advice] = instead.find(([pattern]) => pattern.test(type)) ?? [];
  return advice === undefined ? {} : { instead: advice };
}
