import { isCreated, type Resource, type Resources } from "../../../effects/resources";
import { GroupLabels, nameOf } from "./labels";
import { groupOfRule, isWhole, isWithin, type Opening, openingsIn } from "./rules";

/** What is open before, or after. */
export class Side {
  readonly openings: readonly Opening[];
  readonly labels: GroupLabels;
  /** By a group's id, by what people call it, and by the rule that opens it. */
  private readonly byGroup = new Map<string, Opening[]>();
  private readonly byRule = new Map<Resource, Opening[]>();

  constructor(readonly resources: Resources) {
    this.openings = openingsIn(resources);
    this.labels = new GroupLabels(resources);
    for (const opening of this.openings) {
      this.byRule.set(opening.by, [...(this.byRule.get(opening.by) ?? []), opening]);
      for (const name of new Set([opening.group, this.labels.of(opening.group), groupOfRule(opening.by)])) {
        const others = this.byGroup.get(name);
        if (others) others.push(opening);
        else this.byGroup.set(name, [opening]);
      }
    }
  }

  /** Something changes in it: the rule, the group, or what uses the group. */
  isTouched({ by, group }: Opening): boolean {
    return [by, ...this.labels.usersOf(group)].some(({ change }) => change.change.actions.join() !== "no-op");
  }

  openingsBy(rule: Resource): readonly Opening[] {
    return this.byRule.get(rule) ?? [];
  }

  openingsOf(group: string): readonly Opening[] {
    return this.byGroup.get(group) ?? [];
  }

  /** Whether one of its groups has such a door. */
  isOpen(resource: Resource, { direction, peer, ports }: Opening): boolean {
    return this.labels
      .groupsOf(resource)
      .flatMap((group) => this.openingsOf(group))
      .some(
        (old) => old.direction === direction && isWithin(ports, old.ports) && (isWhole(old.peer) || old.peer === peer),
      );
  }

  /** Whether the group, or all that uses it, is created. */
  isNew(group: string): boolean {
    const own = this.labels.groupOf(group);
    const users = this.labels.usersOf(group);
    return (own !== undefined && isCreated(own)) || (users.length > 0 && users.every(isCreated));
  }

  /** ECS services to whose target groups a load balancer's listeners lead. */
  servicesBehind({ id, arn }: Resource): string[] {
    const { resources } = this;
    const listeners = resources
      .ofType("aws_lb_listener", "aws_alb_listener")
      .filter((each) => resources.named(each, "load_balancer_arn").some((of) => of === arn || of === id));
    const listenerArns = listeners.flatMap((each) => [each.arn, each.id]);
    const rules = resources
      .ofType("aws_lb_listener_rule", "aws_alb_listener_rule")
      .filter((each) => resources.named(each, "listener_arn").some((of) => listenerArns.includes(of)));
    const text = JSON.stringify([...listeners, ...rules].map(({ values }) => [values.default_action, values.action]));
    return resources
      .ofType("aws_ecs_service")
      .filter(({ values }) =>
        JSON.stringify(values.load_balancer ?? [])
          .match(/"arn:[^"]+"/g)
          ?.some((target) => text.includes(target)),
      )
      .map(nameOf);
  }
}
