"""Gap: an event rule that is put again keeps the description, role and state that the new call leaves out."""

from ministack.services import eventbridge

from patches.replaces import replaces

# https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html ("the old values for those arguments are not kept")
WITHOUT = {"Description": "", "RoleArn": "", "State": "ENABLED"}


@replaces(eventbridge, "_put_rule", "(data)")
def keep_nothing(original, data):
    bus = (data.get("EventBusName") or "default").rpartition("event-bus/")[2]
    exists = eventbridge._rule_key(data.get("Name"), bus) in eventbridge._rules
    given = {key: value for key, value in data.items() if not (exists and key == "Tags")}
    return original({**WITHOUT, **given})
