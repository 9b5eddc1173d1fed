import type { PolicyException } from "./policy";

/** Resources that may break a policy, each with its reason. One that covers nothing stops the synthesis. */
export const exceptions: readonly PolicyException[] = [];
