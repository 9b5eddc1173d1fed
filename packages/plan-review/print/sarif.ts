import { kinds, type Verdict } from "../effects/effect";
import type { Review, ReviewedFinding } from "../reviewed";
import { oneLine, visibleInJson } from "./visible";

const levels: Readonly<Record<Verdict, string>> = {
  dangerous: "error",
  unknown: "warning",
  look: "warning",
  safe: "note",
};

/** What code scanning of GitHub and others read. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function asSarif(review: Review, version: string): string {
  const results = [
    ...review.planFindings.map((finding) => result(finding, "", "plan")),
    ...review.changes.flatMap(({ findings, address, stack }) =>
      findings.map((finding) => result(finding, address, stack)),
    ),
  ];
  const rules = [...new Set(results.map(({ ruleId }) => ruleId))].map((id) => ({
    id,
    shortDescription: { text: kinds[id] },
  }));
  const driver = { name: "plan-review", version, rules };
  const run = { tool: { driver }, results, properties: { verdict: review.verdict } };
  const schema = "https://json.schemastore.org/sarif-2.1.0.json";
  return `${visibleInJson(JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2))}\n`;
}

function result({ rule, verdict, says }: ReviewedFinding, address: string, stack: string) {
  const text = oneLine(address === "" ? `${says}.` : `${says}: ${address}.`);
  return {
    ruleId: rule,
    level: levels[verdict],
    message: { text },
    locations: [
      {
        // A plan has no lines; code scanning wants a file.
        physicalLocation: { artifactLocation: { uri: encodeURI(`${stack}.plan.json`) }, region: { startLine: 1 } },
        ...(address !== "" && { logicalLocations: [{ fullyQualifiedName: address, kind: "resource" }] }),
      },
    ],
    // The same finding of the next run is the same alert.
    partialFingerprints: { planReview: `${rule} ${stack} ${address}` },
  };
}
