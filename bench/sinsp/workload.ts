/** `workload.c`, static, so that it runs in any guest. */
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { toolchain } from "../../harness/build/toolchain.ts";

const arch = "x86_64";
const source = "bench/sinsp/workload.c";

export const workload: Step = {
  name: "bench-workload",
  inputs: [source],
  outputs: [buildPath(arch, "workload")],
  async run() {
    const { cc } = toolchain(arch);
    const flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static"];
    await $({ cwd: root, quiet: true })`${cc} ${flags} -o ${buildPath(arch, "workload")} ${source}`;
  },
};
