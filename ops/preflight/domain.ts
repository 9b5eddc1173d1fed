import { DescribeCertificateCommand, ListCertificatesCommand } from "@aws-sdk/client-acm";
import { GetHostedZoneCommand, ListHostedZonesByNameCommand } from "@aws-sdk/client-route-53";
import type { Environment } from "../../stacks/environments";
import { type Answer, allOf, type Check, missing, ok, orAbsent, unknown } from "./check";
import type { Clients } from "./clients";

/** As `resolveNs` of `node:dns/promises`. */
export type ResolveNs = (domain: string) => Promise<readonly string[]>;

type Asked = Pick<Clients, "acm" | "route53">;

/** None for a row without a domain; for one whose DNS is elsewhere, only its certificate. */
export function domainChecks(environment: Environment, clients: Asked, resolveNs: ResolveNs): Check[] {
  const { domain, certificateArn } = environment;
  if (typeof domain !== "string") return [];
  if (certificateArn !== null) {
    const ask = () => givenCertificate(domain, certificateArn, clients);
    return [{ title: `certificate of ${domain}`, permission: "acm:DescribeCertificate", ask }];
  }
  return [
    {
      title: `zone of ${domain}`,
      permission: "route53:ListHostedZonesByName and route53:GetHostedZone",
      ask: async () => {
        const servers = await nameServers(domain, clients);
        return servers ? ok(servers.join(", ")) : noZone(environment);
      },
    },
    {
      title: `delegation of ${domain}`,
      permission: "route53:ListHostedZonesByName and route53:GetHostedZone",
      ask: () => delegation(environment, domain, clients, resolveNs),
    },
    {
      title: `certificate of ${domain}`,
      permission: "acm:ListCertificates",
      ask: () => ownCertificate(environment, domain, clients),
    },
  ];
}

function noZone({ name }: Environment): Answer {
  return missing("no public zone in Route 53", `make bootstrap ENV=${name}`);
}

/** Of the public zone; undefined where there is none. */
async function nameServers(domain: string, { route53 }: Asked): Promise<readonly string[] | undefined> {
  const { HostedZones: zones = [] } = await route53.send(new ListHostedZonesByNameCommand({ DNSName: domain }));
  const zone = zones.find(({ Name, Config }) => plain(Name ?? "") === domain && !Config?.PrivateZone);
  if (!zone) return undefined;
  const { DelegationSet: set } = await route53.send(new GetHostedZoneCommand({ Id: zone.Id }));
  return (set?.NameServers ?? []).map(plain).sort();
}

async function delegation(
  environment: Environment,
  domain: string,
  clients: Asked,
  resolveNs: ResolveNs,
): Promise<Answer> {
  const servers = await nameServers(domain, clients);
  if (!servers) return noZone(environment);
  const remedy = `At the registrar of ${domain}, set the name servers to: ${servers.join(", ")}`;
  const answered = await publicNameServers(domain, resolveNs);
  if (answered instanceof Error) {
    return unknown(`public DNS does not answer: ${answered.message}`, `Try: dig +short NS ${domain}`);
  }
  if (answered.length === 0) return missing("public DNS knows no name servers", remedy);
  const same = answered.join() === servers.join();
  return same
    ? ok("public DNS answers the zone's name servers")
    : missing(`public DNS answers ${answered.join(", ")}`, remedy);
}

/** None where public DNS says so; an error where it says nothing. */
async function publicNameServers(domain: string, resolveNs: ResolveNs): Promise<readonly string[] | Error> {
  try {
    return (await resolveNs(domain)).map(plain).sort();
  } catch (error) {
    const none = ["ENOTFOUND", "ENODATA"].includes((error as NodeJS.ErrnoException).code ?? "");
    return none ? [] : (error as Error);
  }
}

async function ownCertificate({ name, region }: Environment, domain: string, { acm }: Asked): Promise<Answer> {
  const all = await allOf(async (token) => {
    const page = await acm.send(new ListCertificatesCommand({ NextToken: token }));
    return { items: page.CertificateSummaryList, next: page.NextToken };
  });
  const states = all.filter(({ DomainName }) => DomainName === domain).map(({ Status }) => Status);
  if (states.includes("ISSUED")) return ok("issued");
  const [state] = states;
  if (state === undefined) {
    return missing(
      "not requested yet",
      `make deploy ENV=${name} requests it, and waits until it is issued: that needs the delegation.`,
    );
  }
  const remedy =
    state === "PENDING_VALIDATION"
      ? "It is issued some minutes after the delegation of the domain."
      : `See why: https://${region}.console.aws.amazon.com/acm/home?region=${region}#/certificates/list`;
  return missing(state, remedy);
}

async function givenCertificate(domain: string, arn: string, { acm }: Asked): Promise<Answer> {
  const question = acm.send(new DescribeCertificateCommand({ CertificateArn: arn }));
  const found = await orAbsent("ResourceNotFoundException", question);
  if (!found)
    return missing(
      `no certificate ${arn}`,
      `Request one for ${domain} in ACM, and set certificateArn in stacks/environments.ts to its ARN.`,
    );
  const { Status, SubjectAlternativeNames: names = [] } = found.Certificate ?? {};
  if (Status !== "ISSUED")
    return missing(String(Status), `aws acm describe-certificate --certificate-arn ${arn} says what it waits for.`);
  const wildcard = domain.replace(/^[^.]+/, "*");
  if (names.includes(domain) || names.includes(wildcard)) return ok("issued");
  return missing(
    `issued for ${names.join(", ")} only`,
    `Request one for ${domain} in ACM, and set certificateArn in stacks/environments.ts to its ARN.`,
  );
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
