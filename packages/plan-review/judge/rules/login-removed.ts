import type { ClassifiedChange } from "../../classify/classify";
import { list } from "../../classify/meaning";
import { at, type Json } from "../../read/plan";
import { after, before, differencesAt, eachChange, type Flag, type Rule, unknownAfter, words } from "../rule";

export const loginRemoved: Rule = {
  id: "login-removed",
  severity: "high",
  about: "security",
  speaksOf: /action|auth/,
  why: "What asked who comes lets everybody through.",
  check: eachChange((change) =>
    change.action === "update" && (isLoginGone(change) || isOpened(change)) ? [flag] : [],
  ),
};

const flag: Omit<Flag, "change"> = {
  says: "no login is asked for any more: whoever reaches it gets through",
  instead: "keep the login, or say first what may be public",
};

/** `authenticate-oidc` and `authenticate-cognito` of a load balancer. */
function isLoginGone(change: ClassifiedChange): boolean {
  if (!/^aws_a?lb_listener(_rule)?$/.test(change.type)) return false;
  return ["action", "default_action"].some(
    (name) => hasLogin(before(change, name)) && !hasLogin(after(change, name)) && !unknownAfter(change, name),
  );
}

function hasLogin(actions: Json | undefined): boolean {
  return list(actions).some((action) => words(at(action, "type")).startsWith("authenticate-"));
}

/** A route or a method of an API, a function's address. */
function isOpened(change: ClassifiedChange): boolean {
  return differencesAt(change, /^authorization(_type)?$/).some((each) => each.after === "NONE");
}
