/** The module for one kernel, built out of tree against its unpacked header packages: `build/kmod/<arch>/<kernel>/scapyard.ko`. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { toolchain } from "../../harness/build/toolchain.ts";
import type { Arch } from "../../harness/run/target.ts";
import { schemaStep } from "../schema/build.ts";
import { headersDir, prepareSysroot } from "./sysroot.ts";

/** What the build needs to know of a kernel. */
export interface KernelHeaders {
  readonly arch: Arch;
  /** `debian-6.12` */
  readonly name: string;
  readonly headers: {
    /** Directory with the unpacked linux-headers and linux-kbuild packages. It is adapted in place. */
    readonly sysroot: string;
    /** As `uname -r` says it. */
    readonly release: string;
  };
}

export interface ModuleOptions {
  /** The module traces its work to the ftrace buffer. */
  readonly debug?: boolean;
}

/** Settings of the packaged .config that the compiler or tools here cannot follow; empty means unset. */
const overrides = [
  "CONFIG_DEBUG_INFO_BTF_MODULES=", // BTF of the module would need the kernel's own pahole and vmlinux
  "PAHOLE_VERSION=0",
  "CONFIG_PAHOLE_VERSION=0", // …and the difference of its version is not worth a warning
  "CONFIG_CC_HAS_MIN_FUNCTION_ALIGNMENT=", // -fmin-function-alignment is gcc 14's
];

const headerWarnings = [
  // s390x 7.2: __assume() is an attribute of gcc 13, which gcc 12 takes for an empty declaration.
  /arch\/s390\/include\/asm\/bitops\.h:\d+:\d+: warning: empty declaration$/,
];

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
  const { arch, name, headers } = kernel;
  const module = modulePath(kernel, options);
  return {
    name: `kmod-${arch}-${name}${options.debug ? "-debug" : ""}`,
    inputs: ["drivers/kmod/*.{c,h}", "drivers/kmod/Kbuild", "drivers/capture/*.h"],
    key: [headers.release, headers.sysroot, ...overrides],
    needs: [schemaStep, sysrootStep(kernel)],
    outputs: [module],
    run: () => build(kernel, options, module),
  };
}

/** Done once for all builds against a kernel; unpacking it anew removes the marker. */
function sysrootStep({ arch, name, headers }: KernelHeaders): Step {
  const marker = join(headers.sysroot, "prepared");
  return {
    name: `kmod-sysroot-${arch}-${name}`,
    inputs: ["drivers/kmod/sysroot.ts"],
    key: [headers.release],
    outputs: [marker],
    async run() {
      await prepareSysroot(headers.sysroot);
      writeFileSync(marker, "");
    },
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
  await make(headersDir(headers.sysroot), arch, [
    `M=${join(dir, "kmod")}`,
    `SCAPYARD_GEN=${buildPath("gen", "c")}`,
    ...(options.debug ? ["SCAPYARD_DEBUG=y"] : []),
  ]);
  await $({
    quiet: true,
  })`${toolchain(arch).strip} --strip-debug -o ${module} ${join(dir, "kmod/scapyard.ko")}`;
}

async function make(tree: string, arch: Arch, variables: readonly string[]): Promise<void> {
  const { triple } = toolchain(arch);
  const cross = [`CC=${triple}-gcc-12`, `CROSS_COMPILE=${triple}-`];
  const done = await $({
    quiet: true,
    nothrow: true,
  })`make -s -j2 -C ${tree} ${cross} ${overrides} ${variables} modules`;
  if (done.exitCode !== 0)
    throw new Error(`the kernel module does not build against ${tree}:\n${done.stdall.trim()}`);
  if (warnings(done.stdall).length > 0)
    throw new Error(`the kernel module builds with warnings against ${tree}:\n${done.stdall.trim()}`);
}

/** Lines with a warning, apart from those that the kernel's headers cause in this compiler. */
export function warnings(output: string): string[] {
  return output
    .split("\n")
    .filter((line) => line.includes("warning:") && !headerWarnings.some((known) => known.test(line)));
}
