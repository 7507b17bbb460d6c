/** What a driver and the agent were made of, and with: beside a result it says what was measured. */
import { statSync } from "node:fs";
import { bpfObject, clang } from "../../drivers/bpf/build.ts";
import { modulePath } from "../../drivers/kmod/build.ts";
import { moduleCompiler } from "../../drivers/kmod/kbuild.ts";
import type { Kernel } from "../../kernels/index.ts";
import { agentBinary } from "../agent/build.ts";
import { fileHash } from "../build/file-hash.ts";
import { archMachine, qemuVersion } from "../vm/index.ts";
import type { Arch, Driver } from "./target.ts";

export interface Provenance {
  readonly agentSha256: string;
  /** Of the eBPF object, or of the module. */
  readonly driverBytes?: number;
  /** By tool, what it calls itself. */
  readonly toolchain: Readonly<Record<string, string>>;
}

/** Of a driver that has been built. */
export async function provenance(
  { arch, name }: Pick<Kernel, "arch" | "name">,
  driver: Driver,
): Promise<Provenance> {
  const object = driver === "kmod" ? modulePath({ arch, name }) : bpfObject(arch).outputs[0]!;
  const [agentSha256, qemu, compiler] = await Promise.all([
    fileHash(agentBinary(arch).outputs[0]!),
    qemuVersion(archMachine(arch)),
    versionOf(compilerOf(arch, driver)),
  ]);
  return {
    agentSha256,
    driverBytes: statSync(object).size,
    toolchain: { compiler, bun: Bun.version, "QEMU version": qemu },
  };
}

const compilerOf = (arch: Arch, driver: Driver) => (driver === "kmod" ? moduleCompiler(arch) : clang);

/** The first line of what the tool says of itself. */
async function versionOf(tool: string): Promise<string> {
  const child = Bun.spawn([tool, "--version"], { stdout: "pipe", stderr: "ignore" });
  return (await new Response(child.stdout).text()).split("\n", 1)[0]!;
}
