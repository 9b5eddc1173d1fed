import { readFileSync } from "node:fs";
import { join } from "node:path";
import { timeouts } from "../stacks/constructs/timeouts";

const read = (name: string) => readFileSync(join(__dirname, name), "utf8");
const http = read("templates/http.conf.template");
const templates = {
  http,
  frontend: read("templates/frontend.conf.template"),
  backend: read("templates/backend.conf.template"),
};

it.each(Object.entries(templates))("%s uses no variable that the entry point leaves in place", (_, template) => {
  const used = [...template.matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name);
  const rendered = [...read("entrypoint.sh").matchAll(/\$\{([A-Z_]+)\}/g)].map(([, name]) => name);
  expect(used.filter((name) => !rendered.includes(name))).toEqual([]);
});

it("sets headers in one place only, where no location drops them", () => {
  expect(templates.frontend + templates.backend).not.toContain("add_header");
});

it("hides each header that it sets itself, so that none arrives twice", () => {
  const names = (directive: string) =>
    [...http.matchAll(new RegExp(`^ +${directive} ([\\w-]+)`, "gm"))].map(([, name]) => name);
  expect(names("add_header").length).toBeGreaterThan(0);
  expect(names("add_header").filter((name) => !names("proxy_hide_header").includes(name))).toEqual([]);
});

it("keeps connections open for longer than the load balancer does", () => {
  expect(http).toContain(`keepalive_timeout ${timeouts.keepAliveSeconds}s;`);
  expect(timeouts.keepAliveSeconds).toBeGreaterThan(timeouts.loadBalancerIdleSeconds);
});
