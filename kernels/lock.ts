/** `lock.yaml`: the packages of each kernel, to the byte. Names no host: that comes from apt's configuration. */
import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { stringify } from "yaml";
import { root } from "../harness/build/root.ts";
import { loadYaml } from "../harness/yaml/index.ts";
import { KernelId } from "./catalogue.ts";

/** What a package is for. `image` has the bootable file; `config` is a package of its own from 6.19 on. */
export const roles = [
  "image",
  "modules",
  "config",
  "headers",
  "headers-common",
  "kbuild",
  "library",
] as const;
export type Role = (typeof roles)[number];

/** Programs, and their libraries, that run on this box while a module is built. */
export const buildRoles: readonly Role[] = ["kbuild", "library"];

const LockedFile = v.strictObject({
  role: v.picklist(roles),
  package: v.string(),
  version: v.string(),
  suite: v.string(),
  /** Pool path below the mirror's root. */
  path: v.pipe(v.string(), v.regex(/^pool\/[^\s]+\.deb$/, "not a path in the pool")),
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, "not a sha256 in hex")),
  /** Bytes. */
  size: v.pipe(v.number(), v.integer(), v.minValue(1)),
});

const Facts = v.strictObject({
  btf: v.boolean(),
  jit: v.boolean(),
  compat: v.boolean(),
  /** Bytes. */
  pageSize: v.pipe(v.number(), v.integer(), v.minValue(4096)),
});

const LockedKernel = v.strictObject({
  /** As `uname -r` says it. */
  release: v.string(),
  /** Version of the image package. */
  version: v.string(),
  files: v.pipe(
    v.array(LockedFile),
    v.check((files) => files.filter(({ role }) => role === "image").length === 1, "exactly one image"),
  ),
  /** What its configuration says, so that matrices can ask without fetching it. */
  facts: Facts,
});

export const Lock = v.strictObject({ schema: v.literal(1), kernels: v.record(KernelId, LockedKernel) });
export type Lock = v.InferOutput<typeof Lock>;
export type LockedKernel = v.InferOutput<typeof LockedKernel>;
/** The packages of a kernel, before anybody has looked into them. */
export type PackageSet = Omit<LockedKernel, "facts">;
export type LockedFile = v.InferOutput<typeof LockedFile>;

export const lockFile = join(root, "kernels/lock.yaml");

const header = `# Written by \`./scapyard kernels update --write\`. What is fetched must be in the archive's signed index and have these bytes.\n`;

export function readLock(file = lockFile): Lock {
  return existsSync(file) ? loadYaml(file, Lock) : { schema: 1, kernels: {} };
}

/** Text of the lock; of kernels whose facts nobody has read yet it says none. */
export function formatLock(kernels: Readonly<Record<string, PackageSet>>): string {
  const sorted = Object.fromEntries(Object.entries(kernels).sort(([a], [b]) => (a < b ? -1 : 1)));
  return header + stringify({ schema: 1, kernels: sorted }, { lineWidth: 0 });
}

export function writeLock(lock: Lock, file = lockFile): void {
  writeWhole(file, formatLock(lock.kernels));
}

/** Others see the old text or the new one. */
export function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

export function fileOf(kernel: PackageSet, role: Role): LockedFile | undefined {
  return kernel.files.find((file) => file.role === role);
}
