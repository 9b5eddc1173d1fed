import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

export interface DomainCertificateProps {
  /** Its hosted zone is there already: `bootstrap` makes it, and the registrar delegates to it. */
  readonly domain: string;
}

/** A certificate for the domain, proved by a record in its zone and renewed by AWS. Free. */
export class DomainCertificate extends Construct {
  /** Known once the certificate is issued. */
  readonly arn: string;
  readonly zoneId: string;

  constructor(scope: Construct, id: string, { domain }: DomainCertificateProps) {
    super(scope, id);
    const zone = new DataAwsRoute53Zone(this, "zone", { name: domain });
    const certificate = new AcmCertificate(this, "certificate", {
      domainName: domain,
      validationMethod: "DNS",
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "proof", {
      zoneId: zone.zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      allowOverwrite: true,
    });
    const issued = new AcmCertificateValidation(this, "issued", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });

    this.arn = issued.certificateArn;
    this.zoneId = zone.zoneId;
  }
}
