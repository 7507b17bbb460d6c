/** Programs for guests, statically linked: `build/<arch>/testing/live-changes` and `other-versions`. */
import { basename } from "node:path";
import { $ } from "zx";
import { buildPath, root } from "../../../../harness/build/root.ts";
import type { Step } from "../../../../harness/build/step.ts";
import { toolchain } from "../../../../harness/build/toolchain.ts";
import type { Arch } from "../../../../harness/run/target.ts";
import { thirdParty, thirdPartyArchives } from "../../../third-party/build.ts";
import { includes, libscapObjects, libscapStatic, objectsWith, warnings, zlibInflater } from "../../build.ts";

const dir = "lib/libscap/test/live";

function program(arch: Arch, name: string, sources: readonly string[], library: Step, parts: string[]): Step {
  const { cc } = toolchain(arch);
  const output = buildPath(arch, "testing", name);
  const flags = [...warnings, "-O2", "-static", "-pthread", ...includes];
  return {
    name: `${name}-${arch}`,
    inputs: [`${dir}/*.{c,h}`, "lib/libscap/{include,src}/*.{c,h}", "drivers/{kmod,capture,bpf}/*.h"],
    key: [cc, ...flags, ...sources],
    needs: [library, ...thirdParty(arch)],
    outputs: [output],
    async run() {
      const all = [...sources.map((file) => `${dir}/${file}`), ...parts, ...thirdPartyArchives(arch)];
      await $({ cwd: root, quiet: true })`${cc} ${flags} -o ${output} ${all}`;
    },
  };
}

/** Changes the interest set and scans while it captures. */
export function liveChanges(arch: Arch): Step {
  const library = libscapStatic(arch);
  return program(arch, "live-changes", ["live_changes.c", "rounds.c"], library, [...library.outputs]);
}

/** A libscap whose versions can be set; all else is as it is. */
export function otherVersions(arch: Arch): Step {
  const objects = libscapObjects(arch);
  const replaced = ["engine_kmod_module.o", "bpf_versions.o"];
  const rest = objectsWith(objects, zlibInflater).filter((path) => !replaced.includes(basename(path)));
  return program(arch, "other-versions", ["other_versions.c", "versioned_checks.c"], objects, rest);
}
