import type { Call, Made } from "./wrong.js";

export const caller: Call = { client: "sts", command: "GetCallerIdentityCommand", input: {}, as: "caller" };
export const zones: Call = { client: "ec2", command: "DescribeAvailabilityZonesCommand", input: {}, as: "zones" };

export const account = (made: Made): string => made.caller.Account;
export const region = (made: Made): string => made.zones.AvailabilityZones[0].RegionName;
export const zone = (made: Made, index: number): string => made.zones.AvailabilityZones[index].ZoneName;
export const root = (made: Made): string => `arn:aws:iam::${account(made)}:root`;

export const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const allow = (action: string | string[], resource: string | string[] = "*", more: object = {}): object => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});

export const trust = (principal: object, more: object = {}): string =>
  policy({ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more });

/** A role that a service may assume. */
export const serviceRole = (name: string, as: string, service = "ecs-tasks.amazonaws.com"): Call => ({
  client: "iam",
  command: "CreateRoleCommand",
  input: { RoleName: name, AssumeRolePolicyDocument: trust({ Service: service }) },
  as,
});

/** A role with these statements, and its credentials under `as`, for calls with `by: as`. */
export const actor = (name: string, as: string, statements: (made: Made) => object[]): Call[] => [
  caller,
  zones,
  {
    client: "iam",
    command: "CreateRoleCommand",
    input: (made) => ({ RoleName: name, AssumeRolePolicyDocument: trust({ AWS: root(made) }) }),
    as: `${as}Role`,
  },
  {
    client: "iam",
    command: "PutRolePolicyCommand",
    input: (made) => ({ RoleName: name, PolicyName: "own", PolicyDocument: policy(...statements(made)) }),
  },
  {
    client: "sts",
    command: "AssumeRoleCommand",
    input: (made) => ({ RoleArn: made[`${as}Role`].Role.Arn, RoleSessionName: "wrongs" }),
    as,
  },
];

export const noActor = (name: string): Call[] => [
  { client: "iam", command: "DeleteRolePolicyCommand", input: { RoleName: name, PolicyName: "own" } },
  noRole(name),
];

export const noRole = (name: string): Call => ({
  client: "iam",
  command: "DeleteRoleCommand",
  input: { RoleName: name },
});

export const vpc = (as: string, cidr = "10.80.0.0/16"): Call => ({
  client: "ec2",
  command: "CreateVpcCommand",
  input: { CidrBlock: cidr },
  as,
});

export const subnet = (as: string, of: string, cidr: string, index = 0): Call => ({
  client: "ec2",
  command: "CreateSubnetCommand",
  input: (made) => ({ VpcId: made[of].Vpc.VpcId, CidrBlock: cidr, AvailabilityZone: zone(made, index) }),
  as,
});

/** A VPC with two subnets in two zones: `vpc`, `subnetA`, `subnetB`. */
export const network: Call[] = [
  caller,
  zones,
  vpc("vpc"),
  subnet("subnetA", "vpc", "10.80.1.0/24", 0),
  subnet("subnetB", "vpc", "10.80.2.0/24", 1),
];

/** The same with an internet gateway: `igw`. */
export const openNetwork: Call[] = [
  ...network,
  { client: "ec2", command: "CreateInternetGatewayCommand", input: {}, as: "igw" },
  {
    client: "ec2",
    command: "AttachInternetGatewayCommand",
    input: (made) => ({ InternetGatewayId: made.igw.InternetGateway.InternetGatewayId, VpcId: made.vpc.Vpc.VpcId }),
  },
];

export const noNetwork: Call[] = [
  { client: "ec2", command: "DeleteSubnetCommand", input: (made) => ({ SubnetId: made.subnetA.Subnet.SubnetId }) },
  { client: "ec2", command: "DeleteSubnetCommand", input: (made) => ({ SubnetId: made.subnetB.Subnet.SubnetId }) },
  { client: "ec2", command: "DeleteVpcCommand", input: (made) => ({ VpcId: made.vpc.Vpc.VpcId }) },
];

export const subnets = (made: Made): string[] => [made.subnetA.Subnet.SubnetId, made.subnetB.Subnet.SubnetId];

export const bucket = (name: string): Call[] => [
  caller,
  zones,
  {
    client: "s3",
    command: "CreateBucketCommand",
    input: (made) => ({
      Bucket: bucketName(made, name),
      ...(region(made) === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: region(made) } }),
    }),
  },
];

export const noBucket = (name: string): Call => ({
  client: "s3",
  command: "DeleteBucketCommand",
  input: (made) => ({ Bucket: bucketName(made, name) }),
});

/** Bucket names are shared by all accounts, so the account's number is in them. */
export const bucketName = (made: Made, name: string): string => `${name}-${account(made)}`;

/** Two roles, `poor` and `rich`: the wrong call is made by the one, the right call by the other. */
export const two = (name: string, poor: (made: Made) => object[], rich: (made: Made) => object[]): Call[] => [
  ...actor(`${name}-poor`, "poor", poor),
  ...actor(`${name}-rich`, "rich", rich),
];

export const noTwo = (name: string): Call[] => [...noActor(`${name}-poor`), ...noActor(`${name}-rich`)];
