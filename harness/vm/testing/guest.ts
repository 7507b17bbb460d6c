/** The guest that machine tests boot: the default target's kernel with a first process of a few lines. */
import { ensureKernel } from "../../../kernels/index.ts";
import { buildPath, root } from "../../build/root.ts";
import { ensure, type Step } from "../../build/step.ts";
import { defaultTarget, parseTarget } from "../../run/target.ts";
import { archMachine } from "../arch/index.ts";
import { makeInitramfs } from "../initramfs.ts";
import type { Machine, MachineConfig } from "../machine.ts";

const init = buildPath("testing/vm-init");

const initStep: Step = {
  name: "vm-test-init",
  inputs: ["harness/vm/testing/init.c"],
  outputs: [init],
  run: () => {
    const flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static"];
    const child = Bun.spawnSync(["cc", ...flags, "-o", init, "harness/vm/testing/init.c"], { cwd: root });
    if (!child.success) throw new Error(child.stderr.toString());
  },
};

export async function testGuest(): Promise<MachineConfig> {
  const { arch, kernel: name } = parseTarget(defaultTarget);
  await ensure(initStep);
  const kernel = await ensureKernel(arch, name);
  const modules = new Set<string>();
  for (const module of archMachine(arch).modules)
    for (const file of await kernel.module(module)) modules.add(file);
  return { arch, kernel: kernel.image, initramfs: makeInitramfs({ init, modules: [...modules] }) };
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
