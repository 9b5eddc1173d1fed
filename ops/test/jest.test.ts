import { join } from "node:path";
import { root } from "../shell/paths";
import { failuresOf } from "./jest";

const red = "\u001b[31m";
const result = (status: string, fullName: string, ...failureMessages: string[]) => ({
  status,
  fullName,
  failureMessages,
});

it("names each failed test with what it expected, and each file that does not load", () => {
  const testResults = [
    { name: join(root, "a.test.ts"), status: "passed", message: "", assertionResults: [result("passed", "adds")] },
    {
      ...{ name: join(root, "ops/b.test.ts"), status: "failed", message: "● divides …" },
      assertionResults: [
        result("passed", "adds"),
        result("failed", "divides by 2", `Error: ${red}no\n\n  Expected: 1\n  Received: 2\n    at b.test.ts:3:4`),
      ],
    },
    { name: join(root, "c.test.ts"), status: "failed", message: "Cannot find module x", assertionResults: [] },
  ];
  expect(failuresOf({ testResults })).toEqual([
    "ops/b.test.ts: divides by 2\n  Error: no\n    Expected: 1\n    Received: 2",
    "c.test.ts\n  Cannot find module x",
  ]);
});
