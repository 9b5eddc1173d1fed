"""Gap: a security-group rule forgets its prefix list, so Terraform cannot read back what it made."""

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
