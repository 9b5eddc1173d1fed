import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../apps/backend/src/config";
import { appTimeoutVariables, gatewayTimeoutVariables, timeouts } from "../stacks/constructs/timeouts";
import { services } from "../stacks/services";

const read = (name: string) => readFileSync(join(__dirname, name), "utf8");
const http = read("templates/http.conf.template");
const templates = {
  http,
  frontend: read("templates/frontend.conf.template"),
  backend: read("templates/backend.conf.template"),
};

const lines = (text: string) => text.split("\n");
const variablesIn = (text: string) => [...text.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name);

it.each(Object.entries(templates))("%s uses no variable that the entry point leaves in place", (name, template) => {
  const file = name === "http" ? "/etc/gateway/http.conf.template" : "/etc/gateway/$TEMPLATE.conf.template";
  const rendered = lines(read("entrypoint.sh")).find((line) => line.includes("envsubst") && line.includes(file)) ?? "";
  expect(variablesIn(rendered).length).toBeGreaterThan(0);
  expect(variablesIn(template).filter((variable) => !variablesIn(rendered).includes(variable))).toEqual([]);
});

it.each([
  ["no template", {}, 'TEMPLATE="" is unknown; there are frontend, backend'],
  ["an unknown template", { TEMPLATE: "fronted" }, 'TEMPLATE="fronted" is unknown; there are frontend, backend'],
  ["a front end without a backend", { TEMPLATE: "frontend" }, "BACKEND_URL is not set"],
  ["no app", { TEMPLATE: "backend" }, "APP_UPSTREAM is not set"],
])("refuses %s in one line", (_, env, message) => {
  const { status, stderr } = spawnSync("sh", [join(__dirname, "entrypoint.sh")], {
    env: { PATH: process.env.PATH, ...env } as NodeJS.ProcessEnv,
    encoding: "utf8",
  });
  expect([status, stderr.trim().split("\n")]).toEqual([64, [expect.stringContaining(message)]]);
});

it("sets what every answer has in one place, which no location drops", () => {
  const included = "include /etc/gateway/headers.conf;";
  expect(http).toContain(included);
  const locations = (templates.frontend + templates.backend).match(/location [^{]*\{[^}]*\}/g) ?? [];
  expect(locations.length).toBeGreaterThan(8);
  for (const location of locations) expect(location.includes("add_header")).toBe(location.includes(included));
  expect(lines(http).filter((line) => line.includes("add_header"))).toEqual([]);
});

it("passes on, wherever it passes a request on, what is listed and nothing else", () => {
  const text = (http + templates.frontend + templates.backend).replaceAll(/\$\{[A-Z_]+\}/g, "");
  expect(text.match(/proxy_pass_request_headers .*;/g)).toEqual(["proxy_pass_request_headers off;"]);
  expect(http).toContain("include /etc/gateway/passed-on.conf;");
  const locations = text.match(/location [^{]*\{[^}]*\}/g) ?? [];
  const own = locations.filter((location) => location.includes("proxy_set_header"));
  expect(own.length).toBeGreaterThan(2);
  for (const location of own) expect(location).toContain("include /etc/gateway/passed-on.conf;");
});

it("passes on each request header that an app reads", () => {
  const lists = read("templates/passed-on.conf") + read("templates/passed-on-to-api.conf");
  const passed = [...lists.matchAll(/^proxy_set_header ([\w-]+)/gm)].map(([, name = ""]) => name.toLowerCase());
  // nginx describes a body itself.
  passed.push("host", "content-length", "transfer-encoding");
  const folders = ["backend/src", "frontend/app", "frontend/components", "frontend/lib"].map(
    (name) => `../apps/${name}`,
  );
  const files = folders.flatMap((folder) =>
    readdirSync(join(__dirname, folder), { encoding: "utf8", recursive: true }).map((name) => join(folder, name)),
  );
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.includes(".test."));
  const code = [...sources, "../apps/frontend/proxy.ts"].map(read).join("\n");
  const isRead = [...code.matchAll(/headers(?:\(\)\))?\.get\("([\w-]+)"\)|\.header\("([\w-]+)"\)/g)].map(
    ([, first, second]) => (first ?? second ?? "").toLowerCase(),
  );
  expect(isRead).toEqual(expect.arrayContaining(["x-request-id", "if-none-match"]));
  expect(isRead.filter((name) => !passed.includes(name))).toEqual([]);
});

it("hides each header that it sets itself, so that none arrives twice", () => {
  const names = (directive: string) =>
    [...(http + read("templates/headers.conf")).matchAll(new RegExp(`^ *${directive} ([\\w-]+)`, "gm"))].map(
      ([, name]) => name,
    );
  expect(names("add_header").length).toBeGreaterThan(0);
  expect(names("add_header").filter((name) => !names("proxy_hide_header").includes(name))).toEqual([]);
});

it("says of a late API that it is late, not that it is gone", () => {
  for (const template of [templates.frontend, templates.backend]) expect(template).toMatch(/error_page 504 = @.*late;/);
});

it("keeps connections, where nobody says for how long, as the stacks derive it", () => {
  for (const [variable, seconds] of Object.entries(gatewayTimeoutVariables)) {
    expect(read("entrypoint.sh")).toContain(`"\${${variable}:=${seconds}}"`);
  }
  const { KEEP_ALIVE_TIMEOUT, DRAIN_SECONDS } = readConfig({});
  expect({ KEEP_ALIVE_TIMEOUT: String(KEEP_ALIVE_TIMEOUT), DRAIN_SECONDS: String(DRAIN_SECONDS) }).toEqual(
    appTimeoutVariables,
  );
  expect(read("../apps/frontend/Dockerfile")).toContain(`KEEP_ALIVE_TIMEOUT=${appTimeoutVariables.KEEP_ALIVE_TIMEOUT}`);
});

it("gives up, where nobody says when, as the rows of the services do", () => {
  const [frontend, backend] = services;
  expect(read("entrypoint.sh")).toContain(`: "\${ANSWER_SECONDS:=${frontend.answerSeconds}}"`);
  expect(read("../docker-compose.yml")).toContain(`ANSWER_SECONDS: ${backend.answerSeconds}\n`);
});

it("keeps each connection for longer than whoever opened it", () => {
  expect(timeouts.gatewayKeepAliveSeconds).toBeGreaterThan(timeouts.loadBalancerIdleSeconds);
  expect(timeouts.appKeepAliveSeconds).toBeGreaterThan(timeouts.upstreamKeepAliveSeconds);
});
