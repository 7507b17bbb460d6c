/** A guest that has Bun, sinsp-example and a workload: programs there run them like a user would. */

import { workload } from "../../../../bench/sinsp/record.ts";
import { kmodModule, modulePath } from "../../../../drivers/kmod/build.ts";
import { agentBinary } from "../../../../harness/agent/build.ts";
import { Agent } from "../../../../harness/agent/client.ts";
import { buildPath, root } from "../../../../harness/build/root.ts";
import { ensure } from "../../../../harness/build/step.ts";
import { program } from "../../../../harness/program/index.ts";
import { boot, type Machine, makeInitramfs, portModules } from "../../../../harness/vm/index.ts";
import { ensureKernel } from "../../../../kernels/index.ts";
import { libscapShared } from "../../../libscap/build.ts";

const arch = "x86_64";
const O_WRONLY_CREAT_TRUNC = 0o1101;

/** Shared libraries that files need, by ldd: path → path. */
function libraries(...files: string[]): Record<string, string> {
  const { stdout } = Bun.spawnSync(["ldd", ...files]);
  const paths = stdout.toString().match(/\/\S+\.so\.\d+/g) ?? [];
  return Object.fromEntries(paths.map((path) => [path.slice(1), path]));
}

/** The program as one file. Where it stands decides where it looks for its libraries. */
async function bundle(): Promise<string> {
  const outdir = buildPath("sinsp-example");
  const { success, logs } = await Bun.build({
    entrypoints: [`${root}/lib/examples/sinsp-example/main.ts`],
    target: "bun",
    outdir,
  });
  if (!success) throw new Error(logs.join("\n"));
  return `${outdir}/main.js`;
}

export class BunGuest implements AsyncDisposable {
  private constructor(
    readonly machine: Machine,
    readonly agent: Agent,
  ) {}

  static async boot(kernelName: string): Promise<BunGuest> {
    const kernel = await ensureKernel(arch, kernelName);
    const { headers } = kernel;
    if (!headers) throw new Error(`there are no headers of ${kernelName}`);
    const steps = [agentBinary(arch), libscapShared(arch), workload, kmodModule({ ...kernel, headers })];
    for (const step of steps) await ensure(step);
    const libscap = buildPath(arch, "libscap.so");
    const initramfs = makeInitramfs({
      init: agentBinary(arch).outputs[0]!,
      modules: await portModules(kernel),
      files: {
        ...libraries(process.execPath, libscap),
        "bin/bun": process.execPath,
        "sinsp/lib/app/main.js": await bundle(),
        [`sinsp/build/${arch}/libscap.so`]: libscap,
        "bin/workload": buildPath(arch, "workload"),
        "scapyard.ko": modulePath(kernel),
      },
    });
    const machine = await boot({ arch, kernel: kernel.image, initramfs, memory: 1536, cpus: 2 });
    return new BunGuest(machine, await Agent.connect(machine.channel, { slowdown: machine.slowdown }));
  }

  /** Run sinsp-example while the workload works. @returns what it printed, standard error included, and its exit status */
  async sinspExample(argv: readonly string[], timeoutMs = 20_000): Promise<{ text: string; status: number }> {
    const words = ["/bin/bun", "/sinsp/lib/app/main.js", ...argv];
    const run = program(arch, (p) => {
      p.fork((child) => {
        child.execve(
          "/bin/workload",
          child.pointers(["/bin/workload", "100000"]),
          child.pointers(["PATH=/bin"]),
        );
      });
      const out = p.openat(-100, "/out", O_WRONLY_CREAT_TRUNC, 0o644);
      p.dup2(out, 1);
      p.dup2(out, 2);
      p.execve(words[0]!, p.pointers(words), p.pointers(["PATH=/bin", "HOME=/tmp", "TZ=UTC"]));
    });
    const { end } = await this.agent.run(run, { timeoutMs });
    const text = new TextDecoder().decode(await this.agent.getFile("/out"));
    return { text, status: "exit" in end ? end.exit : -end.signal };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.agent.close();
    await this.machine[Symbol.asyncDispose]();
  }
}
