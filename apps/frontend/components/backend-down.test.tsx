import { describe, expect, it } from "@jest/globals";
import { renderToStaticMarkup } from "react-dom/server";
import type { Failure } from "../lib/backend";
import { BackendDown } from "./backend-down";

function render(failure: Failure): string {
  return renderToStaticMarkup(<BackendDown failure={failure} requestId="id-1" />);
}

describe("BackendDown", () => {
  const html = render({ kind: "status", status: 503 });

  it("says plainly what is wrong", () => expect(html).toContain("The data service does not answer</h1>"));
  it("tries again by itself", () => expect(html).toContain('<meta http-equiv="refresh" content="10"/>'));
  it("names the request", () => expect(html).toContain("<code>id-1</code>"));

  it.each<[Failure, string]>([
    [{ kind: "status", status: 503 }, "status 503"],
    [{ kind: "time-out", milliseconds: 3000 }, "timed out: no complete answer came within 3 seconds"],
    [{ kind: "unreachable", cause: "ECONNREFUSED" }, "No connection could be made (ECONNREFUSED)"],
    [{ kind: "invalid", problem: "totals is missing" }, "cannot be read: totals is missing"],
  ])("says why (%j)", (failure, reason) => expect(render(failure)).toContain(reason));
});
