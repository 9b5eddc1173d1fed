import { readFileSync } from "node:fs";
import { rulesPage } from "./files";
import { page, rulesOf } from "./page";

it("refuses what localstack/RULES.md says, and nothing else by a rule", async () => {
  const rules = await rulesOf(process.env.AWS_ENDPOINT_URL ?? "");
  expect(rules.length).toBeGreaterThan(100);
  expect(page(rules)).toBe(readFileSync(rulesPage, "utf8"));
});

// Terraform's SDK finds no code outside of the envelope: https://docs.aws.amazon.com/Route53/latest/APIReference/requests-rest-responses.html
it("answers errors of Route 53 in the envelope of its API", async () => {
  const scope = `${process.env.AWS_ACCESS_KEY_ID}/20261130/us-east-1/route53/aws4_request`;
  const namespace = "https://route53.amazonaws.com/doc/2013-04-01/";
  const answer = await fetch(`${process.env.AWS_ENDPOINT_URL}/2013-04-01/hostedzone`, {
    method: "POST",
    headers: { Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
    body: `<CreateHostedZoneRequest xmlns="${namespace}"><Name>a.example.com</Name><CallerReference>${Date.now()}</CallerReference></CreateHostedZoneRequest>`,
  });
  expect(await answer.text()).toMatch(
    /<ErrorResponse xmlns="[^"]+"><Error><Type>Sender<\/Type><Code>InvalidDomainName<\/Code>/,
  );
});
