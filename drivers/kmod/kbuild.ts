/** Building something with a kernel's own makefiles, out of tree, against its unpacked header packages. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import type { Step } from "../../harness/build/step.ts";
import { toolchain } from "../../harness/build/toolchain.ts";
import type { Arch } from "../../harness/run/target.ts";
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

/** What, apart from the sources, the result of a build depends on. */
export const kbuildKey = ({ headers }: KernelHeaders): string[] => [
  headers.release,
  headers.sysroot,
  ...overrides,
];

/** Done once for all builds against a kernel; unpacking it anew removes the marker. */
export function sysrootStep({ arch, name, headers }: KernelHeaders): Step {
  const marker = join(headers.sysroot, "prepared");
  return {
    name: `kmod-sysroot-${arch}-${name}`,
    inputs: ["drivers/kmod/sysroot.ts"],
    key: [headers.release, headers.sysroot],
    outputs: [marker],
    async run() {
      await prepareSysroot(headers.sysroot);
      writeFileSync(marker, "");
    },
  };
}

/** Debian 12's kernels were built with it. */
export const moduleCompiler = (arch: Arch) => `${toolchain(arch).triple}-gcc-12`;

/** @param goal of make. @param variables M= names the directory with the Kbuild file. @throws also for warnings */
export async function kbuild(
  { arch, headers }: KernelHeaders,
  goal: string,
  variables: readonly string[],
): Promise<void> {
  const tree = headersDir(headers.sysroot);
  const { triple } = toolchain(arch);
  const cross = [`CC=${moduleCompiler(arch)}`, `CROSS_COMPILE=${triple}-`];
  const done = await $({
    quiet: true,
    nothrow: true,
  })`make -s -j2 -C ${tree} ${cross} ${overrides} ${variables} ${goal}`;
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
