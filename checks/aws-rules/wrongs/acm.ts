import { account, caller, region, zones } from "./world.js";
import type { Call, Wrong } from "./wrong.js";

const request = (domain: string, more: object = {}, as = "certificate"): Call => ({
  client: "acm",
  command: "RequestCertificateCommand",
  input: { DomainName: domain, ValidationMethod: "DNS", ...more },
  as,
});

const remove = (as = "certificate"): Call => ({
  client: "acm",
  command: "DeleteCertificateCommand",
  input: (made) => ({ CertificateArn: made[as].CertificateArn }),
});

const describe = (as = "certificate"): Call => ({
  client: "acm",
  command: "DescribeCertificateCommand",
  input: (made) => ({ CertificateArn: made[as].CertificateArn }),
});

const api = "https://docs.aws.amazon.com/acm/latest/APIReference";

export const acm: Wrong[] = [
  {
    name: "a requested certificate is issued",
    service: "acm",
    kind: "answer",
    before: [request("wrong-acm-pending.test")],
    wrong: describe(),
    answer: {
      result: (answer) =>
        answer.Certificate.Status === "PENDING_VALIDATION" && answer.Certificate.IssuedAt === undefined,
      says: "PENDING_VALIDATION until the DNS record is found",
    },
    source: `${api}/API_RequestCertificate.html; https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html`,
    explanation:
      "The request only starts the validation. Nothing can use the certificate before the record is in public DNS.",
    right: { client: "acm", command: "ListCertificatesCommand", input: {} },
    after: [remove()],
  },
  {
    name: "two requests with one token give two certificates",
    service: "acm",
    kind: "answer",
    before: [
      request("wrong-acm-token.test", { IdempotencyToken: "wrongtoken" }),
      request("wrong-acm-token.test", { IdempotencyToken: "wrongtoken" }, "again"),
    ],
    wrong: { client: "acm", command: "ListCertificatesCommand", input: {} },
    answer: {
      result: (answer) =>
        answer.CertificateSummaryList.filter((one: { DomainName: string }) => one.DomainName === "wrong-acm-token.test")
          .length === 1,
      says: "one certificate: the second request gave the ARN of the first",
    },
    source: `${api}/API_RequestCertificate.html (IdempotencyToken)`,
    explanation: "With the same token ACM takes the second request for the first one.",
    right: describe(),
    after: [remove()],
  },
  {
    name: "certificate for a name that is no domain",
    service: "acm",
    kind: "argument",
    before: [],
    wrong: request("https://wrong-acm-name.test/"),
    answer: { error: "ValidationException", message: "domainName" },
    source: `${api}/API_RequestCertificate.html (DomainName: pattern)`,
    explanation: "A domain name has no scheme, no path and no blank.",
    right: request("wrong-acm-name.test"),
    after: [remove()],
  },
  {
    name: "certificate with a star inside the name",
    service: "acm",
    kind: "argument",
    before: [],
    wrong: request("www.*.wrong-acm-star.test"),
    answer: { error: "ValidationException", message: "domainName" },
    source: `${api}/API_RequestCertificate.html (DomainName: the asterisk must be in the leftmost position)`,
    explanation: "A star stands for one label, and only for the first one.",
    right: request("*.wrong-acm-star.test"),
    after: [remove()],
  },
  {
    name: "certificate described that is not there",
    service: "acm",
    kind: "order",
    before: [caller, zones, request("wrong-acm-there.test")],
    wrong: {
      client: "acm",
      command: "DescribeCertificateCommand",
      input: (made) => ({
        CertificateArn: `arn:aws:acm:${region(made)}:${account(made)}:certificate/00000000-0000-4000-8000-000000000000`,
      }),
    },
    answer: { error: "ResourceNotFoundException", message: "Could not find certificate" },
    source: `${api}/API_DescribeCertificate.html (Errors: ResourceNotFoundException)`,
    explanation: "A certificate lives in one region. Its ARN means nothing to ACM of another region.",
    right: describe(),
    after: [remove()],
  },
  {
    name: "certificate with twelve names",
    service: "acm",
    kind: "limit",
    before: [],
    wrong: request("wrong-acm-many.test", { SubjectAlternativeNames: names(11) }),
    answer: { error: "LimitExceededException" },
    source: `${api}/API_RequestCertificate.html (SubjectAlternativeNames: the initial quota is 10 domain names)`,
    explanation: "Ten names for each certificate, unless the quota is raised.",
    right: request("wrong-acm-many.test", { SubjectAlternativeNames: names(5) }),
    after: [remove()],
  },
];

function names(count: number): string[] {
  return Array.from({ length: count }, (_, one) => `n${one}.wrong-acm-many.test`);
}
