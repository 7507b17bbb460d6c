/** The module for one kernel, built out of tree against its unpacked header packages: `build/kmod/<arch>/<kernel>/scapyard.ko`. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { toolchain } from "../../harness/build/toolchain.ts";
import type { Arch } from "../../harness/run/target.ts";
import { schemaStep } from "../schema/build.ts";
import { type KernelHeaders, kbuild, kbuildKey, sysrootStep } from "./kbuild.ts";

export interface ModuleOptions {
  /** The module traces its work to the ftrace buffer. */
  readonly debug?: boolean;
}

/** Path of the module that kmodModule() makes. */
export function modulePath(
  { arch, name }: Pick<KernelHeaders, "arch" | "name">,
  options: ModuleOptions = {},
): string {
  return join(buildDir(arch, name, options), "scapyard.ko");
}

function buildDir(arch: Arch, name: string, { debug }: ModuleOptions): string {
  return buildPath("kmod", arch, debug ? `${name}-debug` : name);
}

export function kmodModule(kernel: KernelHeaders, options: ModuleOptions = {}): Step {
  const { arch, name } = kernel;
  const module = modulePath(kernel, options);
  return {
    name: `kmod-${arch}-${name}${options.debug ? "-debug" : ""}`,
    inputs: ["drivers/kmod/*.{c,h}", "drivers/kmod/Kbuild", "drivers/capture/*.h"],
    key: kbuildKey(kernel),
    needs: [schemaStep, sysrootStep(kernel)],
    outputs: [module],
    run: () => build(kernel, options, module),
  };
}

/** Kbuild writes beside its sources, so it gets a copy of them. */
async function build(
  { arch, name, headers }: KernelHeaders,
  options: ModuleOptions,
  module: string,
): Promise<void> {
  const dir = buildDir(arch, name, options);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  for (const room of ["kmod", "capture"])
    cpSync(join(root, "drivers", room), join(dir, room), {
      recursive: true,
      // Else `bun test` finds the copies of tests.
      filter: (file) => !file.endsWith(".ts"),
    });
  await kbuild({ arch, name, headers }, "modules", [
    `M=${join(dir, "kmod")}`,
    `SCAPYARD_GEN=${buildPath("gen", "c")}`,
    ...(options.debug ? ["SCAPYARD_DEBUG=y"] : []),
  ]);
  await $({
    quiet: true,
  })`${toolchain(arch).strip} --strip-debug -o ${module} ${join(dir, "kmod/scapyard.ko")}`;
}
