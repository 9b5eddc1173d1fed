import { deploys, drains, look, restarts, words } from "../effects/effect";
import type { Json } from "../read/plan";
import { any, each, harmless, toRead } from "./arguments";
import type { Place, Provider } from "./knowledge";
import { serves } from "./roles";

/** A chart's major version may rename or remove what it made before. */
function chartVersion(place: Place) {
  const [old, now] = [place.before, place.after].map((value) => String(value).replace(/^v/, "").split(".")[0]);
  return old === now
    ? restarts(`Upgrades the chart: what it runs restarts (${String(place.before)} → ${String(place.after)})`)
    : restarts(
        `Upgrades the chart to another major version, which may remove what is there (${String(place.before)} → ${String(place.after)})`,
      );
}

const values = any(drains("Changes the chart's values: what it runs may restart"));

/** `set[image.tag]` */
function isTag(path: string): boolean {
  return /\[(?:.*\.)?(?:tag|imageTag)\]/.test(path);
}

function release({ before, after }: Place) {
  return deploys(`deploy ${words(before)} → ${words(after)}`);
}

/** Values that differ only in the tags of images are a release. */
function withoutTags(value: Json | undefined): string {
  return words(value)
    .split("\n")
    .filter((line) => !/^\s*(tag|imageTag):/.test(line))
    .join("\n");
}

export const helm: Provider = {
  common: harmless("id timeouts"),
  services: [
    {
      source: "https://registry.terraform.io/providers/hashicorp/helm/latest/docs/resources/release",
      types: {
        helm_release: {
          ...serves("release", "keep its name and namespace", "everything that the chart runs"),
          arguments: {
            version: chartVersion,
            set: (place) => (isTag(place.path) ? release(place) : values(place)),
            values: (place) =>
              withoutTags(place.before) === withoutTags(place.after)
                ? deploys("deploy another version of its image")
                : values(place),
            ...each("set_list set_sensitive set_wo", values),
            chart: any(look("Installs another chart")),
            repository: any(look("Takes the chart from elsewhere")),
            ...toRead(
              "atomic force_update recreate_pods replace reset_values reuse_values max_history postrender disable_webhooks skip_crds upgrade_install take_ownership set_wo_revision",
            ),
            ...harmless(`metadata status manifest resources wait wait_for_jobs timeout cleanup_on_fail create_namespace dependency_update description devel
              disable_crd_hooks disable_openapi_validation keyring lint pass_credentials render_subchart_notes verify repository_ca_file
              repository_cert_file repository_key_file repository_password repository_username`),
          },
        },
      },
    },
  ],
};
