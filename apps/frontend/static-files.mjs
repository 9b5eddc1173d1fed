// What the gateway answers without asking the app: each file as it is, with a gzipped one beside it, and compressed with Brotli in a folder of its own.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [from, to] = process.argv.slice(2);
if (!from || !to) throw new Error("node static-files.mjs FROM TO, such as .next/static /srv/static");
const path = "_next/static";

cpSync(from, join(to, "plain", path), { recursive: true });
for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const file = join(entry.parentPath, entry.name);
  const content = readFileSync(file);
  const name = join(path, file.slice(from.length));
  writeFileSync(join(to, "plain", `${name}.gz`), gzipSync(content, { level: 9 }));
  const smallest = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  mkdirSync(dirname(join(to, "brotli", name)), { recursive: true });
  writeFileSync(join(to, "brotli", name), brotliCompressSync(content, smallest));
}
