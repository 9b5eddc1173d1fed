import { DescribeAvailabilityZonesCommand } from "@aws-sdk/client-ec2";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Environment } from "../../stacks/environments";
import { type Check, isAnswer, isOfCredentials, missing, ok, reasonOf, unknown } from "./check";
import type { Clients } from "./clients";

const table = "stacks/environments.ts";

/** Whose credentials these are. AWS answers that to everybody, so what cannot be known here is known nowhere. */
export function credentials({ name, accountId, region }: Environment, { sts }: Pick<Clients, "sts">): Check {
  const ask = async () => {
    try {
      const { Account: account, Arn: arn } = await sts.send(new GetCallerIdentityCommand({}));
      if (account === accountId) return ok(`${arn}, account ${account}`);
      return missing(
        `${arn} is of account ${account}; the row ${name} has ${accountId}`,
        `Use credentials of account ${accountId}, such as: export AWS_PROFILE=${name}\nOr correct accountId of the row ${name} in ${table}.`,
      );
    } catch (error) {
      return unknown(isAnswer(error) ? refusal(error) : reasonOf(error), remedyFor(error, region));
    }
  };
  return { title: "credentials", permission: null, ask };
}

function refusal(error: unknown): string {
  const { name, message } = error as Error;
  return `refused: ${name}: ${message}`;
}

function remedyFor(error: unknown, region: string): string {
  if (isOfCredentials(error)) {
    return "Sign in: aws sso login, or export AWS_PROFILE=…, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Then try: aws sts get-caller-identity";
  }
  if (isAnswer(error)) {
    return `Sign in again: aws sso login, or new access keys. A region that the account has not enabled also refuses: https://console.aws.amazon.com/billing/home#/account (${region})`;
  }
  return "Look at this machine's network and proxy, and at AWS_ENDPOINT_URL.";
}

/** A region that the account has, with the zones of the row. */
export function zones({ name, region, availabilityZones }: Environment, { ec2 }: Pick<Clients, "ec2">): Check {
  const ask = async () => {
    const { AvailabilityZones: found = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
    const available = found.filter(({ State }) => State === "available").map(({ ZoneName = "" }) => ZoneName);
    const absent = availabilityZones.filter((zone) => !available.includes(zone));
    if (absent.length === 0) return ok(availabilityZones.join(", "));
    return missing(
      `${absent.join(", ")} not available to this account`,
      `Choose availabilityZones of the row ${name} in ${table} among: ${available.sort().join(", ")}`,
    );
  };
  return { title: `zones of ${region}`, permission: "ec2:DescribeAvailabilityZones", ask };
}
