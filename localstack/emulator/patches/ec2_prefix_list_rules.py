"""Gap: a security-group rule forgets its prefix list, so Terraform cannot read back what it made."""

import re

from ministack.services import ec2

from patches.replaces import replaces


@replaces(ec2, "_parse_ip_permissions", "(params, prefix)")
def keep_prefix_lists(original, params, prefix):
    rules = original(params, prefix)
    for index, rule in enumerate(rules, start=1):
        lists = rule["PrefixListIds"]
        at = f"{prefix}.{index}.PrefixListIds"
        while list_id := ec2._p(params, f"{at}.{len(lists) + 1}.PrefixListId"):
            description = ec2._p(params, f"{at}.{len(lists) + 1}.Description")
            lists.append({"PrefixListId": list_id, **({"Description": description} if description else {})})
    return rules


@replaces(ec2, "_sg_rule_xml", "(sg_id, rule, is_egress=False)")
def describe_prefix_lists(original, sg_id, rule, is_egress=False):
    """Each list is written as an address range, whose element is then renamed."""
    if not rule["PrefixListIds"]:
        return original(sg_id, rule, is_egress)
    ranges = [{**entry, "CidrIp": entry["PrefixListId"]} for entry in rule["PrefixListIds"]]
    items = original(sg_id, {**rule, "IpRanges": ranges}, is_egress)
    return re.sub(r"<cidrIpv4>(pl-.*?)</cidrIpv4>", r"<prefixListId>\1</prefixListId>", items)
