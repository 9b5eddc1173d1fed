"""Gap: a forward action loses its weighted target groups, and text in fixed responses breaks the XML of the answer."""

from xml.sax.saxutils import escape

from ministack.services import alb

from patches.replaces import replaces


@replaces(alb, "_parse_actions", "(params, prefix='DefaultActions')")
def keep_forward_config(original, params, prefix="DefaultActions"):
    actions = original(params, prefix)
    for index, action in enumerate(actions, start=1):
        if action["Type"] != "forward":
            continue
        groups = target_groups(params, f"{prefix}.member.{index}.ForwardConfig.TargetGroups")
        if not groups and "TargetGroupArn" in action:
            groups = [{"TargetGroupArn": action["TargetGroupArn"], "Weight": "1"}]
        action["_TargetGroups"] = groups
        # As on AWS: a single group is told both ways.
        if len(groups) == 1:
            action["TargetGroupArn"] = groups[0]["TargetGroupArn"]
    return actions


def target_groups(params: dict, prefix: str) -> list[dict]:
    groups = []
    while arn := alb._p(params, f"{prefix}.member.{len(groups) + 1}.TargetGroupArn"):
        weight = alb._p(params, f"{prefix}.member.{len(groups) + 1}.Weight")
        groups.append({"TargetGroupArn": arn, "Weight": weight or "1"})
    return groups


@replaces(alb, "_action_xml", "(a)")
def describe_forward_config(original, a):
    xml = original(escaped(a))
    groups = "".join(
        f"<member><TargetGroupArn>{group['TargetGroupArn']}</TargetGroupArn><Weight>{group['Weight']}</Weight></member>"
        for group in a.get("_TargetGroups", [])
    )
    if not groups:
        return xml
    stickiness = "<TargetGroupStickinessConfig><Enabled>false</Enabled></TargetGroupStickinessConfig>"
    forward = f"<ForwardConfig><TargetGroups>{groups}</TargetGroups>{stickiness}</ForwardConfig>"
    return f"{xml.removesuffix('</member>')}{forward}</member>"


def escaped(action: dict) -> dict:
    """MiniStack escapes a redirect's query itself, and no other text."""
    changed = dict(action)
    for config in ("FixedResponseConfig", "RedirectConfig"):
        if config in action:
            changed[config] = {
                key: value if key == "Query" else escape(str(value)) for key, value in action[config].items()
            }
    return changed
