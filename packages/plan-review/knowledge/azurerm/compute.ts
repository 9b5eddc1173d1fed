import { cutsOff, lessCapacity, look, restarts } from "../../effects/effect";
import { any, each, either, harmless, less, none, toRead } from "../arguments";
import type { Arguments, Service } from "../knowledge";
import { on as onExisting, runs, serves, sets } from "../roles";

const virtualMachine: Arguments = {
  ...each("size vm_size", any(restarts("Stops this machine and starts it again"))),
  ...toRead(
    "os_disk identity boot_diagnostics custom_data user_data admin_ssh_key patch_mode patch_assessment_mode additional_capabilities extensions_time_budget network_interface_ids allow_extension_operations license_type priority max_bid_price secret gallery_application vtpm_enabled secure_boot_enabled reboot_setting provision_vm_agent storage_os_disk storage_data_disk storage_image_reference os_profile os_profile_linux_config os_profile_windows_config delete_os_disk_on_termination delete_data_disks_on_termination instances sku upgrade_mode automatic_os_upgrade_policy rolling_upgrade_policy extension network_interface source_image_reference source_image_id scale_in health_probe_id automatic_instance_repair",
  ),
  ...harmless(
    "private_ip_address private_ip_addresses public_ip_address public_ip_addresses virtual_machine_id unique_id",
  ),
};

export const compute: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/linux_virtual_machine",
  types: {
    ...Object.fromEntries(
      ["linux_virtual_machine", "windows_virtual_machine", "virtual_machine"].map((type) => [
        `azurerm_${type}`,
        { ...runs("machine", "its disk"), arguments: virtualMachine },
      ]),
    ),
    ...Object.fromEntries(
      [
        "linux_virtual_machine_scale_set",
        "windows_virtual_machine_scale_set",
        "orchestrated_virtual_machine_scale_set",
      ].map((type) => [
        `azurerm_${type}`,
        {
          ...runs("group of machines", "their disks"),
          arguments: {
            ...virtualMachine,
            instances: either(
              none(cutsOff("Stops every machine of the group")),
              less(lessCapacity("Runs fewer machines")),
            ),
          },
        },
      ]),
    ),
    azurerm_availability_set: { ...sets("availability set"), arguments: {} },
    azurerm_virtual_machine_data_disk_attachment: {
      ...serves("disk's attachment", undefined, "what uses the disk"),
      arguments: toRead("caching write_accelerator_enabled"),
    },
    azurerm_virtual_machine_extension: {
      ...sets(
        "extension of a machine",
        onExisting(["virtual_machine_id"], look("Runs something on a machine that is there")),
      ),
      arguments: toRead(
        "settings protected_settings type_handler_version auto_upgrade_minor_version automatic_upgrade_enabled",
      ),
    },
  },
};
