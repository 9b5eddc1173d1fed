import { describe, expect, it } from "@jest/globals";
import { backendUrlProblem } from "./backend-url";

describe("backendUrlProblem", () => {
  it.each(["http://backend:8080", "https://api.example.com/"])("allows %s", (value) => {
    expect(backendUrlProblem(value)).toBeNull();
  });

  it.each(["", "backend:8080", "ftp://backend", "http://"])("names the value %j and what is allowed", (value) => {
    expect(backendUrlProblem(value)).toBe(
      `BACKEND_URL is ${JSON.stringify(value)}; allowed is an http:// or https:// URL, such as http://localhost:8080`,
    );
  });

  it("says so when it is not set", () => expect(backendUrlProblem(undefined)).toMatch(/^BACKEND_URL is not set;/));
});
