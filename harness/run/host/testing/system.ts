/** A guest in which scapyard itself runs: the checkout, and a first process that starts it. */
import { rmSync, writeFileSync } from "node:fs";
import { $ } from "zx";
import { schemaStep } from "../../../../drivers/schema/build.ts";
import { ensureKernel } from "../../../../kernels/index.ts";
import { libscapShared } from "../../../../lib/libscap/build.ts";
import { agentBinary } from "../../../agent/build.ts";
import { buildPath, root } from "../../../build/root.ts";
import { ensure, type Step } from "../../../build/step.ts";
import { toolchain } from "../../../build/toolchain.ts";
import { type Intention, type MachineConfig, makeInitramfs, portModules } from "../../../vm/index.ts";
import { checkoutFiles, type HostArch } from "./checkout.ts";

function init(arch: HostArch): Step {
  const { cc } = toolchain(arch);
  const source = "harness/run/host/testing/init.c";
  const output = buildPath(arch, "testing/host-init");
  return {
    name: `host-test-init-${arch}`,
    inputs: [source],
    key: [cc],
    outputs: [output],
    run: async () => {
      const flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static"];
      await $({ cwd: root, quiet: true, verbose: false })`${cc} ${flags} -o ${output} ${source}`;
    },
  };
}

/** @param words of the command that the guest runs in the checkout, its results in /results */
export async function systemGuest(
  arch: HostArch,
  kernelName: string,
  words: readonly string[],
  extra: readonly Intention[] = [],
): Promise<MachineConfig> {
  const first = init(arch);
  await ensure(first);
  const kernel = await ensureKernel(arch, kernelName);
  const list = buildPath(arch, "testing", `words-${process.pid}`);
  writeFileSync(list, [root, "/bin/bun", ...words, ""].join("\n"));
  const initramfs = makeInitramfs({
    init: first.outputs[0]!,
    modules: await portModules(kernel),
    files: {
      ...(await checkoutFiles(arch, [schemaStep, agentBinary(arch), libscapShared(arch)])),
      "bin/setpriv": first.outputs[0]!,
      words: list,
    },
  });
  rmSync(list);
  return { arch, kernel: kernel.image, initramfs, memory: 1536, extra };
}
