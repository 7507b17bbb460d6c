/**
 * BTF for kernels that carry none (CONFIG_DEBUG_INFO_BTF=n), from their own headers: `build/bpf/<arch>/<kernel>.btf`. The
 * compiler that builds modules for such a kernel knows where every field lies; pahole writes that down as BTF, which
 * libbpf takes in place of /sys/kernel/btf/vmlinux. No debug package (hundreds of MB) is needed.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { type KernelHeaders, kbuild, kbuildKey, sysrootStep } from "../kmod/kbuild.ts";

/** Path of the file that kernelBtf() makes. */
export function kernelBtfPath({ arch, name }: Pick<KernelHeaders, "arch" | "name">): string {
  return buildPath("bpf", arch, `${name}.btf`);
}

export function kernelBtf(kernel: KernelHeaders): Step {
  const path = kernelBtfPath(kernel);
  return {
    name: `kernel-btf-${kernel.arch}-${kernel.name}`,
    inputs: ["drivers/bpf/layout/*", "drivers/kmod/kernel_types.h"],
    key: kbuildKey(kernel),
    needs: [sysrootStep(kernel)],
    outputs: [path],
    run: () => build(kernel, path),
  };
}

/** Kbuild writes beside its sources, so it gets a copy of them. */
async function build(kernel: KernelHeaders, path: string): Promise<void> {
  const dir = buildPath("bpf", kernel.arch, `${kernel.name}-layout`);
  rmSync(dir, { recursive: true, force: true });
  for (const file of ["bpf/layout", "kmod/kernel_types.h"]) {
    mkdirSync(join(dir, file, ".."), { recursive: true });
    cpSync(join(root, "drivers", file), join(dir, file), { recursive: true });
  }
  await kbuild(kernel, "kernel_layout.o", [`M=${join(dir, "bpf/layout")}`]);
  await $({ quiet: true })`pahole --btf_encode_detached=${path} ${join(dir, "bpf/layout/kernel_layout.o")}`;
}
