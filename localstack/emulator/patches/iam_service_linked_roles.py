"""Gap: MiniStack gives a service-linked role a name of its own making, AWSServiceRoleForEcs for AWSServiceRoleForECS."""

from ministack.services import iam

from patches.replaces import replaces
from rules import service_linked_roles


@replaces(iam, "_create_service_linked_role", "(p)")
def name_as_aws(original, p):
    service = iam._p(p, "AWSServiceName")
    if service not in service_linked_roles.NAMES or iam._p(p, "CustomSuffix"):
        return original(p)
    service_linked_roles.make(service)
    name = service_linked_roles.NAMES[service]
    iam._roles[name]["Description"] = iam._p(p, "Description")
    inner = f"<CreateServiceLinkedRoleResult><Role>{iam._role_xml(name)}</Role></CreateServiceLinkedRoleResult>"
    return iam._xml(200, "CreateServiceLinkedRoleResponse", inner, ns="iam")
