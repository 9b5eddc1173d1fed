import type { ReachRow, Subject } from "../effects/effect";
import { aws } from "./aws/aws";
import { azurerm } from "./azurerm/azurerm";
import { cloudflare } from "./cloudflare";
import { github } from "./github";
import { google } from "./google/google";
import { helm } from "./helm";
import type { Provider, TypeKnowledge } from "./knowledge";
import { kubernetes } from "./kubernetes/kubernetes";
import { local } from "./local";

const providers: readonly Provider[] = [aws, google, azurerm, kubernetes, helm, github, cloudflare, local];

const byType = new Map<string, TypeKnowledge>(
  providers.flatMap(({ services, common }) =>
    services.flatMap(({ source, types }) =>
      Object.entries(types).map(([type, known]): [string, TypeKnowledge] => [
        type,
        { source, ...known, arguments: { ...common, ...known.arguments } },
      ]),
    ),
  ),
);

export function reachOf(subject: Subject): ReachRow[] {
  return providers.flatMap(({ reach }) => reach?.(subject) ?? []);
}

export const analyses = providers.flatMap(({ analyses = [] }) => analyses);

/** Kubernetes' types end with the version of their API, or not. */
export function knowledgeOf(type: string): TypeKnowledge | undefined {
  return byType.get(type) ?? byType.get(type.replace(/_v\d+(beta\d+|alpha\d+)?$/, ""));
}

export function knownTypes(): readonly string[] {
  return [...byType.keys()];
}
