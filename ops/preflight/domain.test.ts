import { environments } from "../../stacks/environments";
import { maximalEnvironment } from "../../stacks/maximal-environment";
import { absent, clientsWith, denied, unreachable } from "./account.fixture";
import { resultOf } from "./check";
import { domainChecks } from "./domain";

const arn = "arn:aws:acm:us-east-1:444444444444:certificate/1";
const given = { ...maximalEnvironment, certificateArn: arn };
const neverAsked = () => Promise.reject(new Error("DNS was asked"));

it("looks for nothing where there is no domain", () => {
  expect(domainChecks(environments[0], clientsWith({}), neverAsked)).toEqual([]);
});

describe("a certificate that was given, for a domain whose DNS is elsewhere", () => {
  const found = async (DescribeCertificate: () => unknown) => {
    const checks = domainChecks(given, clientsWith({ DescribeCertificate }), neverAsked);
    expect(checks.map(({ title }) => title)).toEqual(["certificate of dashboard.portfolio.test"]);
    return (await Promise.all(checks.map(resultOf)))[0];
  };
  const certificate =
    (Status: string, ...SubjectAlternativeNames: string[]) =>
    () => ({
      Certificate: { Status, SubjectAlternativeNames },
    });

  it("is issued, for the domain or with a wildcard", async () => {
    for (const name of ["dashboard.portfolio.test", "*.portfolio.test"]) {
      expect(await found(certificate("ISSUED", name))).toMatchObject({ state: "ok", found: "issued" });
    }
  });

  it("is missing when it is not there, not issued, or of other names", async () => {
    expect(await found(absent("ResourceNotFoundException"))).toMatchObject({ state: "missing" });
    expect(await found(certificate("EXPIRED", "dashboard.portfolio.test"))).toMatchObject({
      state: "missing",
      found: "EXPIRED",
    });
    expect(await found(certificate("ISSUED", "portfolio.test", "*.dashboard.portfolio.test"))).toMatchObject({
      state: "missing",
      found: "issued for portfolio.test, *.dashboard.portfolio.test only",
    });
  });

  it("is unknown when it cannot be read", async () => {
    expect(await found(denied)).toMatchObject({
      state: "unknown",
      remedy: "Ask with credentials that have acm:DescribeCertificate.",
    });
    expect(await found(unreachable)).toMatchObject({ state: "unknown" });
  });
});
