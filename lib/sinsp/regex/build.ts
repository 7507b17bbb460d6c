/** libscapyard-re2.so: the system's RE2 with C functions around it. */
import { $ } from "zx";
import { buildPath, root } from "../../../harness/build/root.ts";
import type { Step } from "../../../harness/build/step.ts";
import type { Arch } from "../../../harness/run/target.ts";

const source = "lib/sinsp/regex/re2.cc";
const flags = ["-std=c++17", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-Wl,-z,defs"];

/** For the machine that Bun runs on: guests have no filters. */
export function re2Shared(arch: Arch): Step {
  const library = buildPath(arch, "libscapyard-re2.so");
  return {
    name: `re2-${arch}`,
    inputs: [source],
    key: flags,
    outputs: [library],
    async run() {
      await $({ cwd: root, quiet: true, verbose: false })`g++ ${flags} -o ${library} ${source} -lre2`;
    },
  };
}
