import {
  ACMClient,
  DeleteCertificateCommand,
  DescribeCertificateCommand,
  RequestCertificateCommand,
  type ResourceRecord,
} from "@aws-sdk/client-acm";
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { until } from "../../ops/shell/until";
import type { ProbeContext } from "./probe-context";

/** A certificate that a listener can have: its domain is validated by a record in a public zone. */
export async function issuedCertificate(context: ProbeContext): Promise<string> {
  const acm = context.client(ACMClient);
  const DomainName = `${context.name}.test`;
  const { CertificateArn = "" } = await acm.send(
    new RequestCertificateCommand({ DomainName, ValidationMethod: "DNS" }),
  );
  context.afterwards(() => acm.send(new DeleteCertificateCommand({ CertificateArn })));
  const described = async () => (await acm.send(new DescribeCertificateCommand({ CertificateArn }))).Certificate;
  const record = await until(`${DomainName} has a record to be validated by`, 10, async () => {
    return (await described())?.DomainValidationOptions?.[0]?.ResourceRecord;
  });
  await publish(context, DomainName, record);
  await until(`the certificate of ${DomainName} is issued`, 10, async () => {
    return (await described())?.Status === "ISSUED" ? true : undefined;
  });
  return CertificateArn;
}

async function publish(context: ProbeContext, zone: string, { Name, Type, Value }: ResourceRecord): Promise<void> {
  const route53 = context.client(Route53Client);
  const { HostedZone } = await route53.send(new CreateHostedZoneCommand({ Name: zone, CallerReference: context.name }));
  const HostedZoneId = HostedZone?.Id ?? "";
  context.afterwards(() => route53.send(new DeleteHostedZoneCommand({ Id: HostedZoneId })));
  const ResourceRecordSet = { Name, Type, TTL: 60, ResourceRecords: [{ Value }] };
  const change = (Action: "CREATE" | "DELETE") =>
    route53.send(
      new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] } }),
    );
  await change("CREATE");
  context.afterwards(() => change("DELETE"));
}
