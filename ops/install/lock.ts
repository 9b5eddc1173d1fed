import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../shell/paths";
import { run } from "../shell/run";

interface LockedPackage {
  readonly version?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

type LockedPackages = Record<string, LockedPackage>;

const operatingSystems = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const processors = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

/** Writes a folder's `package-lock.json` from its `package.json` alone, whole for every platform. */
export async function lock(folder: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "lock-"));
  try {
    copyFileSync(join(root, folder, "package.json"), join(scratch, "package.json"));
    await run("lock", "npm", ["install", "--package-lock-only", "--no-audit", "--no-fund"], { cwd: scratch });
    const content = JSON.parse(readFileSync(join(scratch, "package-lock.json"), "utf8")) as {
      packages: LockedPackages;
    };
    const packages = withEveryPlatform(content.packages);
    writeFileSync(join(root, folder, "package-lock.json"), `${JSON.stringify({ ...content, packages }, null, 2)}\n`);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * npm leaves out builds for other platforms that the registry at hand does not serve, and `npm ci` then refuses the lock file.
 * Their name and version stand in `optionalDependencies`; the platform is in the name, and tells npm elsewhere to pass over them.
 */
export function withEveryPlatform(packages: LockedPackages): LockedPackages {
  const missing = Object.values(packages)
    .flatMap(({ optionalDependencies = {} }) => Object.entries(optionalDependencies))
    .filter(([name, version]) => !packages[`node_modules/${name}`] && /^\d/.test(version) && platformOf(name))
    .map(([name, version]) => [`node_modules/${name}`, { version, optional: true, ...platformOf(name) }] as const);
  const [[rootName, rootPackage] = ["", {}], ...others] = Object.entries(packages);
  const sorted = [...others, ...missing].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries([[rootName, rootPackage], ...sorted]);
}

function platformOf(name: string): Pick<LockedPackage, "os" | "cpu" | "libc"> | null {
  const words = name.split(/[-/]/);
  const os = words.filter((word) => operatingSystems.includes(word));
  const cpu = words.filter((word) => processors.includes(word));
  if (cpu.length === 0) return null;
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
  return { cpu, ...(os.length > 0 && { os }), ...(libc.length > 0 && { libc }) };
}
