import type { Call, Made, Wrong } from "./wrong.js";

const client = "route-53";

const create = (name: string, as = "zone"): Call => ({
  client,
  command: "CreateHostedZoneCommand",
  input: () => ({ Name: name, CallerReference: `${name}-${Date.now()}` }),
  as,
});

const id = (made: Made, as: string): string => made[as].HostedZone.Id.replace("/hostedzone/", "");

const noZone = (as = "zone"): Call => ({
  client,
  command: "DeleteHostedZoneCommand",
  input: (made) => ({ Id: id(made, as) }),
});

interface Record53 {
  Name: string;
  Type: string;
  TTL?: number;
  ResourceRecords?: { Value: string }[];
  AliasTarget?: object;
}

const record = (Name: string, Type: string, Value: string): Record53 => ({
  Name,
  Type,
  TTL: 60,
  ResourceRecords: [{ Value }],
});

const change = (action: string, set: Record53, as = "zone"): Call => ({
  client,
  command: "ChangeResourceRecordSetsCommand",
  input: (made) => ({
    HostedZoneId: id(made, as),
    ChangeBatch: { Changes: [{ Action: action, ResourceRecordSet: set }] },
  }),
});

const api = "https://docs.aws.amazon.com/Route53/latest/APIReference";
const types = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html";

export const route53: Wrong[] = [
  {
    name: "zone deleted with records in it",
    service: "route-53",
    kind: "order",
    before: [
      create("wrong-full.test", "full"),
      create("wrong-empty.test", "empty"),
      change("CREATE", record("www.wrong-full.test", "A", "192.0.2.1"), "full"),
    ],
    wrong: noZone("full"),
    answer: { error: "HostedZoneNotEmpty" },
    source: `${api}/API_DeleteHostedZone.html`,
    explanation: "All records but NS and SOA must go first. Validation records of certificates are often left over.",
    right: noZone("empty"),
    after: [change("DELETE", record("www.wrong-full.test", "A", "192.0.2.1"), "full"), noZone("full")],
  },
  {
    name: "record created twice",
    service: "route-53",
    kind: "order",
    before: [create("wrong-twice.test"), change("CREATE", record("www.wrong-twice.test", "A", "192.0.2.1"))],
    wrong: change("CREATE", record("www.wrong-twice.test", "A", "192.0.2.2")),
    answer: { error: "InvalidChangeBatch", message: "but it already exists" },
    source: `${api}/API_ChangeResourceRecordSets.html (Action)`,
    explanation:
      "CREATE fails on a record that exists. UPSERT does not. Two certificates for one domain want the same validation record.",
    right: change("UPSERT", record("www.wrong-twice.test", "A", "192.0.2.2")),
    after: [change("DELETE", record("www.wrong-twice.test", "A", "192.0.2.2")), noZone()],
  },
  {
    name: "record deleted with another value",
    service: "route-53",
    kind: "argument",
    before: [create("wrong-value.test"), change("CREATE", record("www.wrong-value.test", "A", "192.0.2.1"))],
    wrong: change("DELETE", record("www.wrong-value.test", "A", "192.0.2.9")),
    answer: { error: "InvalidChangeBatch", message: "but the values provided do not match the current values" },
    source: `${api}/API_ChangeResourceRecordSets.html (DELETE: all values must match)`,
    explanation: "A deletion must give name, type, time to live and all values exactly.",
    right: change("DELETE", record("www.wrong-value.test", "A", "192.0.2.1")),
    after: [noZone()],
  },
  {
    name: "record deleted that is not there",
    service: "route-53",
    kind: "order",
    before: [create("wrong-none.test"), change("CREATE", record("www.wrong-none.test", "A", "192.0.2.1"))],
    wrong: change("DELETE", record("api.wrong-none.test", "A", "192.0.2.1")),
    answer: { error: "InvalidChangeBatch", message: "but it was not found" },
    source: `${api}/API_ChangeResourceRecordSets.html (Errors: InvalidChangeBatch)`,
    explanation: "A deletion is not idempotent.",
    right: change("DELETE", record("www.wrong-none.test", "A", "192.0.2.1")),
    after: [noZone()],
  },
  {
    name: "CNAME at the top of a zone",
    service: "route-53",
    kind: "argument",
    before: [create("wrong-apex.test")],
    wrong: change("CREATE", record("wrong-apex.test", "CNAME", "lb.example.net")),
    answer: { error: "InvalidChangeBatch", message: "is not permitted at apex in zone" },
    source: `${types} (CNAME)`,
    explanation: "The top of a zone has NS and SOA, so it can have no CNAME. An alias record does the work.",
    right: change("CREATE", record("www.wrong-apex.test", "CNAME", "lb.example.net")),
    after: [change("DELETE", record("www.wrong-apex.test", "CNAME", "lb.example.net")), noZone()],
  },
  {
    name: "record of another domain",
    service: "route-53",
    kind: "argument",
    before: [create("wrong-domain.test")],
    wrong: change("CREATE", record("www.other-domain.test", "A", "192.0.2.1")),
    answer: { error: "InvalidChangeBatch", message: "is not permitted in zone" },
    source: `${api}/API_ChangeResourceRecordSets.html (Errors: InvalidChangeBatch)`,
    explanation: "The name of a record must end with the name of its zone.",
    right: change("CREATE", record("www.wrong-domain.test", "A", "192.0.2.1")),
    after: [change("DELETE", record("www.wrong-domain.test", "A", "192.0.2.1")), noZone()],
  },
  {
    name: "TXT value without quotation marks",
    service: "route-53",
    kind: "argument",
    before: [create("wrong-text.test")],
    wrong: change("CREATE", record("wrong-text.test", "TXT", "v=spf1 -all")),
    answer: { error: "InvalidChangeBatch", message: "should be enclosed in quotation marks" },
    source: `${types} (TXT)`,
    explanation: "The value of a TXT record has its own quotation marks. Terraform adds them, the API does not.",
    right: change("CREATE", record("wrong-text.test", "TXT", '"v=spf1 -all"')),
    after: [change("DELETE", record("wrong-text.test", "TXT", '"v=spf1 -all"')), noZone()],
  },
  {
    name: "second type next to a CNAME",
    service: "route-53",
    kind: "argument",
    before: [
      create("wrong-conflict.test"),
      change("CREATE", record("www.wrong-conflict.test", "CNAME", "lb.example.net")),
    ],
    wrong: change("CREATE", record("www.wrong-conflict.test", "A", "192.0.2.1")),
    answer: { error: "InvalidChangeBatch", message: "conflicts with other records with the same DNS name" },
    source: `${types} (CNAME); public reports of "RRSet of type A with DNS name ... is not permitted as it conflicts with other records with the same DNS name"`,
    explanation: "A name with a CNAME has no other record. A change of type needs a deletion first.",
    right: change("CREATE", record("api.wrong-conflict.test", "A", "192.0.2.1")),
    after: [
      change("DELETE", record("www.wrong-conflict.test", "CNAME", "lb.example.net")),
      change("DELETE", record("api.wrong-conflict.test", "A", "192.0.2.1")),
      noZone(),
    ],
  },
  {
    name: "zone for example.com",
    service: "route-53",
    kind: "argument",
    before: [],
    wrong: create("example.com"),
    answer: { error: "InvalidDomainName", message: "is reserved by AWS" },
    source: `${api}/API_CreateHostedZone.html (Errors: InvalidDomainName); public reports of "InvalidDomainName: example.com is reserved by AWS!"`,
    explanation: "Public zones for example.com and names under it are refused.",
    right: create("wrong-example.test"),
    after: [noZone()],
  },
  {
    name: "record in a zone that is not there",
    service: "route-53",
    kind: "order",
    before: [create("wrong-zone.test")],
    wrong: {
      client,
      command: "ChangeResourceRecordSetsCommand",
      input: {
        HostedZoneId: "Z00000000WRONGZONE00",
        ChangeBatch: {
          Changes: [{ Action: "CREATE", ResourceRecordSet: record("www.wrong-zone.test", "A", "192.0.2.1") }],
        },
      },
    },
    answer: { error: "NoSuchHostedZone", message: "No hosted zone found with ID" },
    source: `${api}/API_ChangeResourceRecordSets.html (Errors: NoSuchHostedZone)`,
    explanation: "The zone must exist before its records.",
    right: change("CREATE", record("www.wrong-zone.test", "A", "192.0.2.1")),
    after: [change("DELETE", record("www.wrong-zone.test", "A", "192.0.2.1")), noZone()],
  },
  {
    name: "a star comes back as a star",
    service: "route-53",
    kind: "answer",
    before: [create("wrong-star.test"), change("CREATE", record("*.wrong-star.test", "A", "192.0.2.1"))],
    wrong: { client, command: "ListResourceRecordSetsCommand", input: (made) => ({ HostedZoneId: id(made, "zone") }) },
    answer: {
      result: (answer) =>
        answer.ResourceRecordSets.some((one: { Name: string }) => one.Name === "\\052.wrong-star.test."),
      says: "\\052.wrong-star.test. with a dot at the end",
    },
    source: "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html (escape codes)",
    explanation: "Names come back fully qualified, in small letters and with escape codes. A plain comparison fails.",
    right: { client, command: "GetHostedZoneCommand", input: (made) => ({ Id: id(made, "zone") }) },
    after: [change("DELETE", record("*.wrong-star.test", "A", "192.0.2.1")), noZone()],
  },
];
