/** A profile: a named set of targets, `matrix/<name>.yaml`. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { architectures, drivers, type Target } from "../harness/run/target.ts";
import { loadYaml } from "../harness/yaml/index.ts";

const unique = <T>(items: readonly T[]) => new Set(items).size === items.length;

export const Profile = v.strictObject({
  arch: v.picklist(architectures),
  kernels: v.pipe(v.array(v.string()), v.minLength(1), v.check(unique, "a kernel is listed twice")),
  drivers: v.pipe(v.array(v.picklist(drivers)), v.minLength(1), v.check(unique, "a driver is listed twice")),
});

/** What set-up prepares, `test` visits, and `run` does without --profile. */
export const defaultProfile = "amd64";

const notProfiles = new Set(["expected"]);

/** Names of the profiles, sorted. */
export function profileNames(dir: string = import.meta.dir): string[] {
  return readdirSync(dir)
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .filter((name) => !notProfiles.has(name))
    .sort();
}

/** The targets of a profile, kernel by kernel. @throws with file, line and column if the file is malformed. */
export function loadProfile(name: string, dir: string = import.meta.dir): Target[] {
  const { arch, kernels, drivers } = loadYaml(join(dir, `${name}.yaml`), Profile);
  return kernels.flatMap((kernel) => drivers.map((driver) => ({ arch, kernel, driver })));
}
