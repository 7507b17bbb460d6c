/** The system packages that are needed, and which of them are missing. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { architectures } from "../run/target.ts";
import { loadYaml } from "../yaml/index.ts";
import { hostArch } from "./host.ts";

const Package = v.strictObject({
  debian: v.string(),
  why: v.string(),
  /** A command, or the path (a glob) of a file. */
  proof: v.string(),
  fedora: v.string(),
  arch: v.string(),
  alpine: v.string(),
  opensuse: v.string(),
  /** Wanted on such machines only. */
  only: v.optional(v.picklist(architectures)),
});
export type Package = v.InferOutput<typeof Package>;

/** The packages for this machine. */
export function loadPackages(file: string = join(import.meta.dir, "packages.yaml")): Package[] {
  return loadYaml(file, v.array(Package)).filter(({ only }) => only === undefined || only === hostArch());
}

function isThere(proof: string): boolean {
  if (!proof.startsWith("/")) return Bun.which(proof) !== null;
  if (!proof.includes("*")) return existsSync(proof);
  const [hit] = new Bun.Glob(proof.slice(1)).scanSync({ cwd: "/", followSymlinks: false });
  return hit !== undefined;
}

export function missingPackages(packages: readonly Package[], has = isThere): Package[] {
  return packages.filter(({ proof }) => !has(proof));
}
