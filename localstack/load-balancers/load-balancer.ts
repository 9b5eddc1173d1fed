import type { BlockList } from "node:net";

/** What is needed of an application load balancer's description. */
export interface LoadBalancer {
  readonly arn: string;
  readonly name: string;
  readonly dnsName: string;
  readonly internal: boolean;
  /** Names of Route 53 alias records that point at it. */
  readonly aliases: readonly string[];
  readonly idleTimeoutSeconds: number;
  /** What the security groups let in by address; undefined for an internal one, whose clients are tasks and come by their security group. */
  readonly openTo: readonly AddressRule[] | undefined;
  readonly listeners: readonly Listener[];
}

/** IPv4 addresses, and ports. */
export interface AddressRule {
  readonly range: BlockList;
  readonly fromPort: number;
  readonly toPort: number;
}

export interface Listener {
  readonly port: number;
  readonly protocol: string;
  /** In the order in which they are tried; the default action is the last one and has no conditions. */
  readonly rules: readonly Rule[];
}

export interface Rule {
  /** All must hold. */
  readonly conditions: readonly Condition[];
  readonly action: Action;
}

/** One of the values must match; they may hold the wildcards * and ?. */
export interface Condition {
  /** The API's field: path-pattern, host-header, http-request-method, http-header, or one that is not supported here. */
  readonly field: string;
  /** Only for http-header. */
  readonly header?: string;
  readonly values: readonly string[];
}

export interface Forward {
  readonly type: "forward";
  readonly targets: readonly Target[];
}

export type Action =
  | Forward
  | { readonly type: "redirect"; readonly status: number; readonly location: Redirect }
  | { readonly type: "fixed-response"; readonly status: number; readonly contentType: string; readonly body: string }
  | { readonly type: "unsupported"; readonly what: string };

/** A healthy target of one of the action's target groups. */
export interface Target {
  readonly groupArn: string;
  readonly address: string;
  readonly port: number;
  readonly weight: number;
}

/** Each part may hold #{protocol}, #{host}, #{port}, #{path} or #{query}. */
export interface Redirect {
  readonly protocol: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
}
