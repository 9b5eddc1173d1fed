"""Gap: a target group knows the load balancers of listeners' default actions, and not those of rules."""

from ministack.services import alb

from patches.replaces import replaces


@replaces(alb, "_tg_xml", "(tg)")
def name_balancers(original, tg):
    rules = [rule for rule in alb._rules.values() if tg["TargetGroupArn"] in groups_of(rule)]
    listeners = [alb._listeners.get(rule["ListenerArn"]) for rule in rules]
    arns = sorted({listener["LoadBalancerArn"] for listener in listeners if listener})
    return original({**tg, "LoadBalancerArns": arns})


def groups_of(rule: dict) -> set[str]:
    groups = set()
    for action in rule["Actions"]:
        forward = action.get("ForwardConfig") or {}
        groups.update(group["TargetGroupArn"] for group in forward.get("TargetGroups") or [])
        groups.add(action.get("TargetGroupArn"))
    return groups
