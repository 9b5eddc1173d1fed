import { Testing } from "cdktf";
import { environments } from "./environments";
import { stacksOf } from "./maximal-environment";
import { services } from "./services";

const production = environments.filter(({ deletionProtection }) => deletionProtection);

/** Hashes of the apps' sources change with each commit, and the comments of cdktf with each name of a construct's parent. */
const isLeftOut = (key: string) => key === "//" || key === "built_tags";

/** JSON in strings (policies, containers, dashboards) as what it means. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value === "string")
    return /^[[{]/.test(value) ? parsed(value) : value.replaceAll(/:[0-9a-f]{16}\b/g, ":<tag>");
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).filter(([key]) => !isLeftOut(key));
  return Object.fromEntries(entries.map(([key, each]) => [key, readable(each)]));
}

function parsed(text: string): unknown {
  try {
    return readable(JSON.parse(text));
  } catch {
    return text;
  }
}

describe.each(production.map((row) => [row.name, row] as const))("in %s", (_, row) => {
  // A change of what is deployed is seen in the diff: npx jest --selectProjects stacks --testPathPatterns production -u
  it.each(Object.entries(stacksOf(row, services)))("synthesizes the stack %s as it was reviewed", (_name, stack) => {
    expect(readable(JSON.parse(Testing.synth(stack)))).toMatchSnapshot();
  });
});
