import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ECRClient } from "@aws-sdk/client-ecr";
import { parseImage } from "./image";
import { missingImages, presenceOf } from "./registry";

/** Answers as ECR does. */
describe("images in a registry", () => {
  let server: Server;
  let client: ECRClient;
  const image = (name: string, tag: string) => parseImage(`registry/staging/${name}:${tag}`);

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const { repositoryName, imageIds } = JSON.parse(body) as {
          repositoryName: string;
          imageIds: { imageTag: string }[];
        };
        const refusal = { "staging/orders": "RepositoryNotFoundException", "staging/secret": "AccessDeniedException" }[
          repositoryName
        ];
        const type = refusal ?? (imageIds[0]?.imageTag === "there" ? undefined : "ImageNotFoundException");
        response.writeHead(type ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(type ? { __type: type, message: type } : { imageDetails: [{ repositoryName }] }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    client = new ECRClient({
      endpoint,
      region: "us-east-1",
      maxAttempts: 1,
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
  });
  afterAll(() => {
    client.destroy();
    server.close();
  });

  it("are there, or not yet, or have no repository", async () => {
    expect(await presenceOf(client, image("backend", "there"))).toBe("present");
    expect(await presenceOf(client, image("backend", "new"))).toBe("absent");
    expect(await presenceOf(client, image("orders", "there"))).toBe("no repository");
  });

  it("are all needed before a deploy", async () => {
    const wanted = [image("backend", "there"), image("gateway", "new"), image("orders", "there")];
    expect(await missingImages(client, wanted)).toEqual(wanted.slice(1));
  });

  it("are not missing because asking was refused", async () => {
    await expect(presenceOf(client, image("secret", "there"))).rejects.toThrow("AccessDeniedException");
  });
});
