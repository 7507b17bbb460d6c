/** The guest that machine tests boot: a kernel with a first process of a few lines. */
import { ensureKernel } from "../../../kernels/index.ts";
import { buildPath, root } from "../../build/root.ts";
import { ensure, type Step } from "../../build/step.ts";
import { toolchain } from "../../build/toolchain.ts";
import { type Arch, defaultTarget, parseTarget } from "../../run/target.ts";
import { makeInitramfs } from "../initramfs.ts";
import type { Machine, MachineConfig } from "../machine.ts";
import { portModules } from "../port-modules.ts";

function initStep(arch: Arch): Step {
  const { cc } = toolchain(arch);
  const init = buildPath(arch, "testing/vm-init");
  const source = "harness/vm/testing/init.c";
  return {
    name: `vm-test-init-${arch}`,
    inputs: [source],
    key: [cc],
    outputs: [init],
    run: () => {
      const flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static"];
      const child = Bun.spawnSync([cc, ...flags, "-o", init, source], { cwd: root });
      if (!child.success) throw new Error(child.stderr.toString());
    },
  };
}

/** @param kernelId `aarch64/debian-7.3`; default: the default target's */
export async function testGuest(kernelId?: string): Promise<MachineConfig> {
  const { arch, kernel: name } = parseTarget(kernelId ? `${kernelId}/modern_bpf` : defaultTarget);
  const step = initStep(arch);
  await ensure(step);
  const kernel = await ensureKernel(arch, name);
  const initramfs = makeInitramfs({ init: step.outputs[0]!, modules: await portModules(kernel) });
  return { arch, kernel: kernel.image, initramfs };
}

/** Sends text and returns as many bytes of answer as it has, or as `length` says. */
export async function ask(machine: Machine, text: string, length = text.length): Promise<string> {
  await machine.channel.write(new TextEncoder().encode(text));
  let answer = "";
  while (answer.length < length) {
    const bytes = await machine.within(2000, `the answer to ${text.slice(0, 20)}`, machine.channel.read());
    if (bytes === null) throw machine.failure("channel", "the guest closed its port");
    answer += new TextDecoder().decode(bytes);
  }
  return answer;
}
