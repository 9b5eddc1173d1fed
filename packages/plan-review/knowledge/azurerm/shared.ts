import { type after, cutsOff, exposes, givesAccess } from "../../effects/effect";
import { any, either, fewer, isEverybody, off, on, when } from "../arguments";
import type { Arguments } from "../knowledge";

export type Change = Parameters<typeof after>[0];

/** True is the provider's default, and is not an exposure of something new. */
export const publicNetwork: Arguments = {
  public_network_access_enabled: either(
    on(exposes("Exposes it to the internet: public network access is switched on")),
    off(cutsOff("Refuses who comes over the internet")),
  ),
};

export const rulesOfNetwork = (what: string) =>
  either(
    when(
      ({ path, after: now }) => /default_action$/.test(path) && now === "Allow",
      exposes(`Exposes this ${what} to the internet: every address may come`),
    ),
    when(
      ({ path, before: old, after: now }) => /default_action$/.test(path) && old === "Allow" && now === "Deny",
      cutsOff(`Refuses every address that is not named, of this ${what}`),
    ),
    when(
      ({ path, before: old, after: now }) => /default_action$/.test(path) && old === "Deny" && now === undefined,
      exposes(`Exposes this ${what} to the internet: its network rules are removed`),
    ),
    when(({ path, after: now }) => /ip_rules/.test(path) && isEverybody(now), exposes("Lets every address come")),
    fewer(cutsOff("Refuses an address or a network that came before")),
    any(givesAccess("Lets more addresses or networks come")),
  );
