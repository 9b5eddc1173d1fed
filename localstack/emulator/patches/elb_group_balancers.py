"""Gap: a target group knows the load balancers of listeners' default actions, and not those of rules."""

from ministack.services import alb

from patches.replaces import replaces


@replaces(alb, "_tg_xml", "(tg)")
def name_balancers(original, tg):
    rules = [rule for rule in alb._rules.values() if leads_to(rule, tg["TargetGroupArn"])]
    listeners = [alb._listeners.get(rule["ListenerArn"]) for rule in rules]
    arns = sorted({listener["LoadBalancerArn"] for listener in listeners if listener})
    return original({**tg, "LoadBalancerArns": arns})


def leads_to(rule: dict, group_arn: str) -> bool:
    # As elb_action_fields keeps them, for one group and for several alike.
    groups = [group for action in rule["Actions"] for group in action.get("_TargetGroups", [])]
    return any(group["TargetGroupArn"] == group_arn for group in groups)
