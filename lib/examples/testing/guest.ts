/** Guests in which scap-open runs, with what it needs: the module, and somebody to watch. */
import { kmodModule, modulePath } from "../../../drivers/kmod/build.ts";
import { buildPath, root } from "../../../harness/build/root.ts";
import { ensure, type Step } from "../../../harness/build/step.ts";
import { toolchain } from "../../../harness/build/toolchain.ts";
import type { Arch } from "../../../harness/run/target.ts";
import type { Intention } from "../../../harness/vm/index.ts";
import { CommandGuest, type Output } from "../../../harness/vm/testing/commands.ts";
import { ensureKernel } from "../../../kernels/index.ts";
import { scapOpen } from "../../libscap/build.ts";

/** Milliseconds on KVM. A BPF object is verified in it, on an emulated machine that may be one of many. */
const patience = 60_000;

function beside(arch: Arch): Step {
  const { cc } = toolchain(arch);
  const source = "lib/examples/testing/beside.c";
  const output = buildPath(arch, "testing/beside");
  return {
    name: `beside-${arch}`,
    inputs: [source],
    key: [cc],
    outputs: [output],
    run() {
      const flags = ["-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-static"];
      const child = Bun.spawnSync([cc, ...flags, "-o", output, source], { cwd: root });
      if (!child.success) throw new Error(child.stderr.toString());
    },
  };
}

export class ScapOpenGuest implements AsyncDisposable {
  readonly #guest: CommandGuest;

  private constructor(guest: CommandGuest) {
    this.#guest = guest;
  }

  static async boot(
    arch: Arch,
    kernelName: string,
    extra: readonly Intention[] = [],
  ): Promise<ScapOpenGuest> {
    const kernel = await ensureKernel(arch, kernelName);
    const { headers } = kernel;
    if (!headers) throw new Error(`${kernelName}: the archive has no headers, so no module can be built`);
    const steps = [scapOpen(arch), beside(arch), kmodModule({ ...kernel, headers })];
    for (const step of steps) await ensure(step);
    const files = {
      "bin/scap-open": steps[0]!.outputs[0]!,
      "bin/beside": steps[1]!.outputs[0]!,
      "scapyard.ko": modulePath(kernel),
    };
    return new ScapOpenGuest(await CommandGuest.boot(kernel, files, extra));
  }

  run(...options: string[]): Promise<Output> {
    return this.#guest.run(["/bin/scap-open", ...options], patience);
  }

  /** While another process opens /nonexistent and /init in turn. */
  runBeside(...options: string[]): Promise<Output> {
    return this.#guest.run(["/bin/beside", "/bin/scap-open", ...options], patience);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#guest[Symbol.asyncDispose]();
  }
}

export const engines = {
  modern_bpf: ["--modern_bpf"],
  kmod: ["--kmod", "--module", "/scapyard.ko"],
} as const;

/** Lines of events, as scap-open prints them. */
export const eventLines = (text: string) =>
  text.split("\n").filter((line) => /^\d+\.\d{9} \d+ \(-?\d+\) [<>] \w+/.test(line));

/** What it counted, as it tells at the end. */
export function counters(text: string) {
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
  return {
    seen: number(/^events: seen (\d+)/m),
    pushed: number(/^events: .*pushed (\d+)/m),
    read: number(/^events: .*read (\d+)/m),
    lost: [...(/^lost: .*$/m.exec(text)?.[0] ?? "").matchAll(/(?<=ring full |too large |bugs )\d+/g)].map(
      Number,
    ),
    rings: number(/, (\d+) rings of \d+ bytes$/m),
    ringBytes: number(/ rings of (\d+) bytes$/m),
  };
}
