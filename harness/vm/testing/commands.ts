/** A guest that runs programs and tells what they print: for tests of programs that need a kernel of their own. */
import type { Kernel } from "../../../kernels/index.ts";
import { buildPath, root } from "../../build/root.ts";
import { ensure, type Step } from "../../build/step.ts";
import { toolchain } from "../../build/toolchain.ts";
import type { Arch } from "../../run/target.ts";
import { makeInitramfs } from "../initramfs.ts";
import type { Intention } from "../intentions.ts";
import { boot, defaultMemory, type Machine } from "../machine.ts";
import { portModules } from "../port-modules.ts";

function initStep(arch: Arch): Step {
  const { cc } = toolchain(arch);
  const source = "harness/vm/testing/commands.c";
  const output = buildPath(arch, "testing/commands-init");
  return {
    name: `commands-init-${arch}`,
    inputs: [source],
    key: [cc],
    outputs: [output],
    run: () => {
      const flags = ["-std=gnu11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror", "-static"];
      const child = Bun.spawnSync([cc, ...flags, "-o", output, source], { cwd: root });
      if (!child.success) throw new Error(child.stderr.toString());
    },
  };
}

export interface Output {
  /** Both streams. */
  readonly text: string;
  /** 128 + signal if one ended it. */
  readonly status: number;
}

export class CommandGuest implements AsyncDisposable {
  readonly machine: Machine;

  private constructor(machine: Machine) {
    this.machine = machine;
  }

  /**
   * @param files path in the guest, without a slash at the beginning → path here
   * @param memory MiB
   */
  static async boot(
    kernel: Kernel,
    files: Readonly<Record<string, string>>,
    extra: readonly Intention[] = [],
    memory = defaultMemory,
  ): Promise<CommandGuest> {
    const step = initStep(kernel.arch);
    await ensure(step);
    const modules = await portModules(kernel);
    const initramfs = makeInitramfs({ init: step.outputs[0]!, modules, files });
    return new CommandGuest(
      await boot({ arch: kernel.arch, kernel: kernel.image, initramfs, extra, memory }),
    );
  }

  /** Run a program. @param ms that it may take on KVM */
  async run(words: readonly string[], ms = 20_000): Promise<Output> {
    const { machine } = this;
    await machine.channel.write(new TextEncoder().encode(`${words.join("\t")}\n`));
    const decoder = new TextDecoder();
    let text = "";
    for (;;) {
      const bytes = await machine.within(ms, `the end of ${words.join(" ")}`, machine.channel.read());
      if (bytes === null) throw machine.failure("channel", `the guest closed its port: ${text}`);
      text += decoder.decode(bytes, { stream: true });
      const end = /\n\0status (\d+)\n$/.exec(text);
      if (end) return { text: text.slice(0, end.index), status: Number(end[1]) };
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.machine[Symbol.asyncDispose]();
  }
}
