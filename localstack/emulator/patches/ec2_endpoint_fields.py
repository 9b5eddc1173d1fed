"""Gap: a VPC endpoint forgets its security groups and private DNS, so a second plan wants to set them again."""

import re

from ministack.services import ec2

from patches.replaces import replaces


@replaces(ec2, "_create_vpc_endpoint", "(p)")
def remember_on_create(original, p):
    status, headers, body = original(p)
    match = re.search(r"<vpcEndpointId>(.*?)</vpcEndpointId>", body.decode())
    if status != 200 or not match:
        return status, headers, body
    endpoint = ec2._vpc_endpoints[match[1]]
    endpoint["_security_groups"] = ec2._parse_member_list(p, "SecurityGroupId")
    endpoint["_private_dns"] = ec2._p(p, "PrivateDnsEnabled") or "false"
    return ec2._xml(200, "CreateVpcEndpointResponse", ec2._vpce_fields_xml(endpoint, tag="vpcEndpoint"))


@replaces(ec2, "_modify_vpc_endpoint", "(p)")
def remember_on_modify(original, p):
    response = original(p)
    if endpoint := ec2._vpc_endpoints.get(ec2._p(p, "VpcEndpointId")):
        removed = ec2._parse_member_list(p, "RemoveSecurityGroupId")
        kept = [group for group in endpoint.get("_security_groups", []) if group not in removed]
        endpoint["_security_groups"] = [*kept, *ec2._parse_member_list(p, "AddSecurityGroupId")]
        endpoint["_private_dns"] = ec2._p(p, "PrivateDnsEnabled") or endpoint.get("_private_dns", "false")
    return response


@replaces(ec2, "_vpce_fields_xml", "(ep, tag='item')")
def describe_groups_and_dns(original, ep, tag="item"):
    groups = "".join(f"<item><groupId>{group}</groupId></item>" for group in ep.get("_security_groups", []))
    fields = f"<groupSet>{groups}</groupSet><privateDnsEnabled>{ep.get('_private_dns', 'false')}</privateDnsEnabled>"
    return original(ep, tag).removesuffix(f"</{tag}>") + f"{fields}</{tag}>"
