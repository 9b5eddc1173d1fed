import type { ECSClient } from "@aws-sdk/client-ecs";
import { primaryImages } from "./task-images";

/** ECS with a service for each entry: the task definition of its primary deployment, and the images of that. */
function ecsWith(services: Readonly<Record<string, readonly string[]>>): ECSClient {
  const send = async ({ input }: { input: { services?: string[]; taskDefinition?: string } }) => {
    const name = input.services?.[0] ?? "";
    if (input.services && !services[name]) return { services: [] };
    if (input.services) {
      const deployments = [
        { status: "ACTIVE", taskDefinition: "older" },
        { status: "PRIMARY", taskDefinition: name },
      ];
      return { services: [{ status: "ACTIVE", deployments }] };
    }
    const images = services[String(input.taskDefinition)] ?? [];
    return { taskDefinition: { containerDefinitions: images.map((image) => ({ image })) } };
  };
  return { send } as unknown as ECSClient;
}

it("gives each image of the services' primary deployments once, and nothing for a service that does not exist", async () => {
  const ecs = ecsWith({
    frontend: ["r/dev/gateway:g", "r/dev/frontend:f"],
    backend: ["r/dev/gateway:g", "r/dev/backend:b"],
  });
  const images = await primaryImages(ecs, "dev", ["frontend", "backend", "orders"]);
  expect(images.map(({ name, tag }) => `${name} ${tag}`)).toEqual(["backend b", "frontend f", "gateway g"]);
});

it("gives nothing where there is no cluster, and reports any other refusal", async () => {
  const refusing = (name: string) =>
    ({ send: async () => Promise.reject(Object.assign(new Error(name), { name })) }) as unknown as ECSClient;
  expect(await primaryImages(refusing("ClusterNotFoundException"), "dev", ["backend"])).toEqual([]);
  await expect(primaryImages(refusing("AccessDeniedException"), "dev", ["backend"])).rejects.toThrow("AccessDenied");
});
