/** Of what `terraform apply -json` and `terraform destroy -json` print: https://developer.hashicorp.com/terraform/internals/machine-readable-ui */
interface TerraformEvent {
  readonly type?: string;
  readonly "@message"?: string;
  readonly change?: { readonly resource: Resource; readonly action: string };
  readonly changes?: Readonly<Record<"add" | "change" | "remove", number>> & { readonly operation: string };
  readonly hook?: { readonly resource: Resource };
  readonly diagnostic?: Diagnostic;
  readonly outputs?: Outputs;
}

interface Resource {
  readonly addr: string;
}

interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
}

export type Outputs = Readonly<Record<string, { readonly value?: unknown; readonly sensitive?: boolean }>>;

/** By the stack's name. */
export type StackOutputs = Readonly<Record<string, Outputs>>;

/** Resources that are named while one waits for them: those that have taken longest. */
const named = 3;

/** What a run of Terraform has said so far of one stack. */
export class TerraformEvents {
  private rest = "";
  private readonly begun = new Map<string, number>();
  private readonly planned = new Map<string, string>();
  private readonly createdTypes = new Set<string>();
  private readonly failures = new Set<string>();
  private readonly other: string[] = [];
  isPlanned = false;
  private summary = "";
  outputs: Outputs = {};

  /** Gives the lines of its log that a chunk completes. */
  read(chunk: Buffer | string): string[] {
    const lines = (this.rest + chunk).split("\n");
    this.rest = lines.pop() ?? "";
    return lines.filter((line) => line.trim() !== "").map((line) => this.readLine(line));
  }

  private readLine(line: string): string {
    const event = parsed(line);
    if (!event) {
      this.other.push(line);
      return line;
    }
    this.take(event);
    return [event["@message"] ?? "", ...(event.diagnostic?.detail ? [event.diagnostic.detail] : [])].join("\n");
  }

  private take({ type, change, changes, hook, diagnostic, outputs }: TerraformEvent): void {
    const address = hook?.resource.addr ?? "";
    if (type === "planned_change" && change && change.action !== "read")
      this.planned.set(change.resource.addr, change.action);
    if (type === "change_summary" && changes) this.summarize(changes);
    if (type === "apply_start") this.begun.set(address, Date.now());
    if (type === "apply_complete" || type === "apply_errored") this.begun.delete(address);
    if (type === "apply_complete") this.complete(address);
    if (type === "outputs" && outputs) this.outputs = outputs;
    if (diagnostic?.severity === "error") this.failures.add(JSON.stringify(diagnostic));
  }

  private complete(address: string): void {
    if (this.planned.get(address) === "create") this.createdTypes.add(typeOf(address));
    this.planned.delete(address);
  }

  private summarize({ operation, add, change, remove }: NonNullable<TerraformEvent["changes"]>): void {
    if (operation === "plan") this.isPlanned = true;
    const counts = { created: add, changed: change, destroyed: remove };
    const parts = Object.entries(counts).flatMap(([word, count]) => (count > 0 ? [`${count} ${word}`] : []));
    this.summary = parts.join(", ") || "no changes";
  }

  /** How many resources were created, changed and destroyed. */
  get done(): string {
    return this.summary;
  }

  /** Whether nothing is left to do but with resources of these types. */
  isLeftWith(types: readonly string[]): boolean {
    return this.isPlanned && [...this.planned.keys()].every((address) => types.includes(typeOf(address)));
  }

  /** Whether a resource of this type has been created. */
  hasCreated(type: string): boolean {
    return this.createdTypes.has(type);
  }

  /** The resources that have been worked on longest. */
  waitsFor(): string {
    const oldest = [...this.begun].sort(([, one], [, other]) => one - other);
    if (oldest.length === 0) return this.isPlanned ? "saving the state" : "planning";
    const parts = oldest.slice(0, named).map(([address, since]) => `${address} ${secondsSince(since)} s`);
    return [...parts, ...(oldest.length > named ? [`${oldest.length - named} more`] : [])].join(", ");
  }

  /** Each error whole and once; where Terraform named none, what it printed besides. */
  errors(constructOf: (address: string) => string | undefined): string {
    const diagnostics = [...this.failures].map((text): Diagnostic => JSON.parse(text));
    if (diagnostics.length === 0) return [...this.other, this.rest].slice(-20).join("\n").trim();
    return diagnostics.map((diagnostic) => described(diagnostic, constructOf)).join("\n");
  }
}

function typeOf(address: string): string {
  return address.split(".")[0] ?? "";
}

function parsed(line: string): TerraformEvent | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function described(
  { summary, detail, address }: Diagnostic,
  constructOf: (address: string) => string | undefined,
): string {
  const construct = address && constructOf(address.replace(/\[.*\]$/, ""));
  return [
    `Error: ${summary}`,
    ...(detail ? detail.trim().split("\n") : []).map((line) => `  ${line}`),
    ...(address ? [`  at ${address}${construct ? ` (construct ${construct})` : ""}`] : []),
  ].join("\n");
}

function secondsSince(time: number): number {
  return Math.round((Date.now() - time) / 1000);
}
