import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { z } from "zod";
import { type Place, PortfolioError, quoted } from "./portfolio-error";
import type { PortfolioFile } from "./read-files";

/** A JSON file, parsed; places in it are looked up only when something is wrong. */
export class JsonFile {
  readonly value: unknown;
  private readonly text: string;
  /** Made when the first place is looked up: of a big file it takes longer than reading it. */
  private tree: Node | undefined;

  /** Throws a PortfolioError that names line and column when it is not JSON. */
  constructor(
    private readonly file: PortfolioFile,
    bytes: Uint8Array,
  ) {
    try {
      this.text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch {
      throw new PortfolioError({ file, line: 1 }, "is not UTF-8");
    }
    try {
      this.value = JSON.parse(this.text);
    } catch (error) {
      throw this.syntaxError(error as Error);
    }
  }

  /** What a schema makes of it. Throws a PortfolioError that names line and column. */
  parse<Schema extends z.ZodType>(schema: Schema): z.infer<Schema> {
    const result = schema.safeParse(this.value);
    if (result.success) return result.data;
    const { path = [], message = "is wrong" } = result.error.issues[0] ?? {};
    const name = path.length === 0 ? "the whole" : pathText(path);
    throw new PortfolioError(this.place(path), `${name} ${quoted(valueAt(this.value, path))} ${message}`);
  }

  /** The place of what is at a path, or of the nearest thing around it. */
  place(path: readonly PropertyKey[]): Place {
    this.tree ??= parseTree(this.text);
    for (let length = path.length; this.tree && length >= 0; length--) {
      const node = findNodeAtLocation(this.tree, path.slice(0, length) as (string | number)[]);
      if (node) return this.placeAt(node.offset);
    }
    return { file: this.file };
  }

  private syntaxError(error: Error): PortfolioError {
    const errors: ParseError[] = [];
    try {
      parseTree(this.text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
    } catch {
      return new PortfolioError({ file: this.file, line: 1 }, "is not JSON, or nested too deeply");
    }
    const [first] = errors;
    if (!first) return new PortfolioError({ file: this.file, line: 1 }, `is not JSON: ${error.message}`);
    const words = printParseErrorCode(first.error)
      .replace(/([a-z])([A-Z])/g, "$1 $2")
      .toLowerCase();
    return new PortfolioError(this.placeAt(first.offset), `is not JSON: ${words}`);
  }

  private placeAt(offset: number): Place {
    const lines = this.text.slice(0, offset).split("\n");
    return { file: this.file, line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
  }
}

/** "holdings[3].quantity" */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);
}
