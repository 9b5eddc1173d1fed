import { ListSubscriptionsByTopicCommand } from "@aws-sdk/client-sns";
import type { Environment } from "../../stacks/environments";
import { type Answer, allOf, type Check, missing, ok, orAbsent } from "./check";
import type { Clients } from "./clients";
import type { Needs } from "./needs";

export function mailChecks(environment: Environment, { mails }: Needs, { sns }: Pick<Clients, "sns">): Check[] {
  const { name, region, accountId } = environment;
  return mails.map(({ topic, address }) => {
    const arn = `arn:aws:sns:${region}:${accountId}:${topic}`;
    const afterDeployment = `Confirm it by the mail that AWS sends after the first deployment: make deploy ENV=${name}`;
    const ask = async (): Promise<Answer> => {
      const subscriptions = await orAbsent("NotFoundException", subscriptionsOf(arn, sns));
      if (!subscriptions) return missing("no topic before the first deployment", afterDeployment);
      const found = subscriptions.filter(({ Protocol, Endpoint }) => Protocol === "email" && Endpoint === address);
      if (found.some(({ SubscriptionArn }) => SubscriptionArn?.startsWith("arn:")))
        return ok(`${address} is confirmed`);
      if (found.length === 0) return missing(`${address} is not subscribed`, `make deploy ENV=${name}`);
      const again = `aws sns subscribe --region ${region} --topic-arn ${arn} --protocol email --notification-endpoint ${address}`;
      return missing(
        `${address} is not confirmed`,
        `Follow the link in its mail from AWS. To get another one: ${again}`,
      );
    };
    return { title: `mails of ${topic}`, permission: "sns:ListSubscriptionsByTopic", ask };
  });
}

function subscriptionsOf(TopicArn: string, sns: Clients["sns"]) {
  return allOf(async (token) => {
    const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken: token }));
    return { items: page.Subscriptions, next: page.NextToken };
  });
}
