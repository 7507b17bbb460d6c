/** A program for guests that compares the two ways to scan a machine: `build/<arch>/testing/compare-scans`. */
import { $ } from "zx";
import { buildPath, root } from "../../../../harness/build/root.ts";
import type { Step } from "../../../../harness/build/step.ts";
import { toolchain } from "../../../../harness/build/toolchain.ts";
import type { Arch } from "../../../../harness/run/target.ts";
import { thirdParty, thirdPartyArchives } from "../../../third-party/build.ts";
import { includes, libscapStatic, warnings } from "../../build.ts";

export function compareScans(arch: Arch): Step {
  const library = libscapStatic(arch);
  const { cc } = toolchain(arch);
  const dir = "lib/libscap/test/guest";
  const sources = [...new Bun.Glob(`${dir}/*.c`).scanSync({ cwd: root })].sort();
  const output = buildPath(arch, "testing", "compare-scans");
  const flags = [...warnings, "-O2", "-static", "-pthread", ...includes];
  return {
    name: `compare-scans-${arch}`,
    inputs: [`${dir}/*.{c,h}`, "lib/libscap/include/*.h"],
    key: [cc, ...flags, ...sources],
    needs: [library, ...thirdParty(arch)],
    outputs: [output],
    async run() {
      const parts = [...sources, ...library.outputs, ...thirdPartyArchives(arch)];
      await $({ cwd: root, quiet: true })`${cc} ${flags} -o ${output} ${parts}`;
    },
  };
}
