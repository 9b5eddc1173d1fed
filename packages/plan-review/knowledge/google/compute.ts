import { cutsOff, drains, exposes, lessCapacity, look, restarts, weakensABit, words } from "../../effects/effect";
import { any, each, either, fewer, further, harmless, less, on, read, toRead, when } from "../arguments";
import type { Arguments, Service } from "../knowledge";
import { hasNoState, holds, runs, serves } from "../roles";
import { deletion } from "./shared";

const machine: Arguments = {
  ...each("machine_type min_cpu_platform", any(restarts("Stops this machine and starts it again"))),
  metadata_startup_script: read,
  metadata: any(look("Changes what the machine is told")),
  deletion_protection: deletion,
  tags: any(look("Changes network tags: other firewall rules hold for this machine")),
  "network_interface.access_config": either(
    further(exposes("Gives this machine a public address")),
    any(drains("Removes the machine's public address")),
  ),
  desired_status: when(({ after: now }) => /TERMINATED|SUSPENDED/.test(words(now)), cutsOff("Stops this machine")),
  service_account: any(look("Gives the machine another role")),
  can_ip_forward: on(look("Lets it send on what is for others")),
  shielded_instance_config: fewer(weakensABit("Verifies the machine less")),
  ...toRead(
    "network_interface attached_disk boot_disk scratch_disk scheduling allow_stopping_for_update guest_accelerator advanced_machine_features resource_policies enable_display network_performance_config confidential_instance_config reservation_affinity params hostname instance_encryption_key key_revocation_action_type",
  ),
  ...harmless(
    "cpu_platform current_status instance_id label_fingerprint metadata_fingerprint tags_fingerprint self_link description project creation_timestamp",
  ),
};

export const compute: Service = {
  source: "https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/compute_instance",
  types: {
    google_compute_disk: {
      ...holds("disk"),
      arguments: {
        size: less(lessCapacity("Makes this disk smaller")),
        ...toRead("provisioned_iops provisioned_throughput access_mode"),
        ...harmless(
          "description label_fingerprint last_attach_timestamp last_detach_timestamp self_link users creation_timestamp disk_id project",
        ),
      },
    },
    google_compute_snapshot: {
      ...holds("snapshot", "the backup in it"),
      arguments: harmless("description label_fingerprint"),
    },
    google_compute_instance: { ...runs("machine", "its disk"), arguments: machine },
    google_compute_instance_template: { ...hasNoState("template"), arguments: machine },
    google_compute_region_instance_template: { ...hasNoState("template"), arguments: machine },
    ...Object.fromEntries(
      ["google_compute_instance_group_manager", "google_compute_region_instance_group_manager"].map((type) => [
        type,
        {
          ...serves("group of machines", undefined, "every machine in it"),
          arguments: {
            target_size: either(
              when(({ after: now }) => now === 0, cutsOff("Stops every machine of the group")),
              less(lessCapacity("Runs fewer machines")),
            ),
            version: any(drains("Replaces machines by others")),
            target_pools: read,
            named_port: any(drains("Changes the ports that traffic goes to")),
            ...toRead(
              "auto_healing_policies update_policy stateful_disk standby_policy instance_lifecycle_policy distribution_policy_zones",
            ),
            ...harmless("fingerprint instance_group self_link status description operation wait_for_instances project"),
          },
        },
      ]),
    ),
  },
};
