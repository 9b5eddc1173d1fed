import { fromAws } from "./aws-json";
import { type Found, isObject, type Json } from "./found";

/** A template of CloudFormation, as CDK synthesizes it, too. */
export function isTemplate(content: Json): boolean {
  return (
    isObject(content.Resources) && Object.values(content.Resources).every((each) => typeof each?.Type === "string")
  );
}

const types: Readonly<Record<string, string>> = {
  "AWS::CloudWatch::Alarm": "aws_cloudwatch_metric_alarm",
  "AWS::CloudWatch::CompositeAlarm": "aws_cloudwatch_composite_alarm",
};

export function templateResources(template: Json): Found[] {
  const resolve = resolver(template);
  return Object.entries(template.Resources as Json).flatMap(([id, { Type, Properties = {} }]) => {
    if (!(Type in types)) return [];
    const properties = resolve(Properties) as Json;
    // CloudFormation makes a name of the logical id where none is given.
    return [{ ...fromAws(id, { ...properties, AlarmName: properties.AlarmName ?? id }), type: types[Type] ?? "" }];
  });
}

/** What an argument is that is left out. */
const noValue = `\${AWS::NoValue}`;

/** Replaces intrinsic functions by what the template says; what AWS will decide stays `${Id}` or `${Id.Attribute}`. */
function resolver({ Parameters = {}, Resources, Mappings = {} }: Json): (value: unknown) => unknown {
  const refer = (id: string, attribute?: string): unknown => {
    const parameter = Parameters[id];
    if (parameter && parameter.Default !== undefined) return parameter.Default;
    const { Type, Properties = {} } = Resources[id] ?? {};
    if (Type in types && Properties.AlarmName === undefined) return id;
    // An alarm is named in rules by its name or its ARN.
    if (Type in types && (attribute === undefined || attribute === "Arn")) return resolve(Properties.AlarmName);
    return `\${${[id, ...(attribute ? [attribute] : [])].join(".")}}`;
  };
  const functions: Readonly<Record<string, (argument: never) => unknown>> = {
    Ref: (id: string) => refer(id),
    "Fn::GetAtt": (path: string | string[]) => {
      const [id = "", ...rest] = Array.isArray(path) ? path : path.split(".");
      return refer(id, rest.join("."));
    },
    "Fn::Sub": (argument: string | [string, Json]) => {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
      return text.replace(/\$\{([^!][^}]*)\}/g, (_, name: string) => {
        if (name in variables) return String(resolve(variables[name]));
        const [id = "", ...rest] = name.split(".");
        return String(refer(id, rest.length > 0 ? rest.join(".") : undefined));
      });
    },
    "Fn::Join": ([separator, parts]: [string, unknown]) => {
      const resolved = resolve(parts);
      return Array.isArray(resolved) ? resolved.join(separator) : resolved;
    },
    "Fn::FindInMap": ([map, first, second]: [string, unknown, unknown]) =>
      Mappings[map]?.[String(resolve(first))]?.[String(resolve(second))],
    // Which way it goes is decided at the deployment; here always the first.
    "Fn::If": ([, yes]: [string, unknown]) => resolve(yes),
    "Fn::ImportValue": (name: unknown) => `\${import ${String(resolve(name))}}`,
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve).filter((each) => each !== noValue);
    if (!isObject(value)) return value;
    const [name = "", ...others] = Object.keys(value);
    const apply = others.length === 0 ? functions[name] : undefined;
    if (apply) return apply(value[name] as never);
    const entries = Object.entries(value).map(([key, each]) => [key, resolve(each)] as const);
    return Object.fromEntries(entries.filter(([, each]) => each !== noValue));
  };
  return resolve;
}
