"""Gap: a load balancer, target group or listener that is created again as it is would be an error, and one that is deleted keeps listeners.

A request for one with other settings is refused by a rule before it gets here.
"""

import re

from ministack.services import alb, ec2

from patches.replaces import replaces


@replaces(alb, "_create_lb", "(params)")
def answer_same_balancer(original, params):
    name = alb._p(params, "Name")
    if same := next((each for each in alb._lbs.values() if each["LoadBalancerName"] == name), None):
        return alb._xml(200, "CreateLoadBalancer", f"<LoadBalancers>{alb._lb_xml(same)}</LoadBalancers>")
    known = set(alb._lbs)
    response = original(params)
    for arn in set(alb._lbs) - known:
        place(alb._lbs[arn], params)
        return alb._xml(200, "CreateLoadBalancer", f"<LoadBalancers>{alb._lb_xml(alb._lbs[arn])}</LoadBalancers>")
    return response


def place(balancer: dict, params: dict) -> None:
    """In the VPC of its subnets, which may come as mappings, and in its default security group where none is named."""
    while subnet := alb._p(params, f"SubnetMappings.member.{len(balancer['Subnets']) + 1}.SubnetId"):
        balancer["Subnets"].append(subnet)
    vpcs = [ec2._subnets[subnet]["VpcId"] for subnet in balancer["Subnets"] if subnet in ec2._subnets]
    if not vpcs:
        return
    balancer["VpcId"] = vpcs[0]
    default = ec2._vpcs.get(vpcs[0], {}).get("DefaultSecurityGroupId")
    if balancer["Type"] == "application" and not balancer["SecurityGroups"] and default:
        balancer["SecurityGroups"] = [default]


@replaces(alb, "_lb_xml", "(lb)")
def describe_zones(original, lb):
    def zone(match: re.Match) -> str:
        name = ec2._subnets.get(match[2], {}).get("AvailabilityZone", match[1])
        return f"<ZoneName>{name}</ZoneName><SubnetId>{match[2]}</SubnetId>"

    return re.sub(r"<ZoneName>([^<]*)</ZoneName><SubnetId>([^<]*)</SubnetId>", zone, original(lb))


@replaces(alb, "_create_tg", "(params)")
def answer_same_group(original, params):
    name = alb._p(params, "Name")
    if same := next((each for each in alb._tgs.values() if each["TargetGroupName"] == name), None):
        return alb._xml(200, "CreateTargetGroup", f"<TargetGroups>{alb._tg_xml(same)}</TargetGroups>")
    return original(params)


@replaces(alb, "_create_listener", "(params)")
def answer_same_listener(original, params):
    balancer, port = alb._p(params, "LoadBalancerArn"), alb._p(params, "Port")
    for listener in alb._listeners.values():
        if listener["LoadBalancerArn"] == balancer and str(listener["Port"]) == port:
            return alb._xml(200, "CreateListener", f"<Listeners>{alb._listener_xml(listener)}</Listeners>")
    return original(params)


@replaces(alb, "_delete_lb", "(params)")
def delete_listeners(original, params):
    arn = alb._p(params, "LoadBalancerArn")
    for listener in [each["ListenerArn"] for each in alb._listeners.values() if each["LoadBalancerArn"] == arn]:
        alb._delete_listener({"ListenerArn": [listener]})
    return original(params)
