import { isObject, type Json, type Plan } from "./plan";

/** What the state before, the state planned and the configuration say is sensitive: a data source's secret, a variable's default. */
export function marksIn(plan: Readonly<Record<string, unknown>>): Plan["marked"] {
  const states = [field(plan.prior_state, "values"), plan.planned_values];
  return [
    ...states.flatMap((values) => [...ofOutputs(values), ...ofResources(field(values, "root_module"))]),
    ...ofVariables(field(plan.configuration, "root_module")),
  ];
}

function ofOutputs(values: unknown): Plan["marked"] {
  return entries(field(values, "outputs"))
    .filter(([name, output]) => field(output, "sensitive") === true && !name.startsWith("cross-stack-output-"))
    .map(([, output]) => ({ value: json(field(output, "value")), mark: true }));
}

function ofResources(module: unknown): Plan["marked"] {
  const own = list(field(module, "resources")).map((resource) => ({
    value: json(field(resource, "values")),
    mark: json(field(resource, "sensitive_values")),
  }));
  return [...own, ...list(field(module, "child_modules")).flatMap(ofResources)];
}

function ofVariables(module: unknown): Plan["marked"] {
  const own = entries(field(module, "variables"))
    .filter(([, variable]) => field(variable, "sensitive") === true)
    .map(([, variable]) => ({ value: json(field(variable, "default")), mark: true }));
  const called = entries(field(module, "module_calls")).flatMap(([, call]) => ofVariables(field(call, "module")));
  return [...own, ...called];
}

function field(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

function entries(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function json(value: unknown): Json {
  return (value ?? null) as Json;
}
