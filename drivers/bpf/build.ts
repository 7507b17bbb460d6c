/** The eBPF driver's object and the skeleton headers that carry it inside libscap, in `build/bpf/<arch>/`. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import type { Arch } from "../../harness/run/target.ts";
import { schemaStep } from "../schema/build.ts";
import { objectHeader } from "./object-header.ts";

/** Compiles the programs. */
export const clang = "clang-14";
const strip = "llvm-strip-14";

/** What libbpf's headers and ours call each architecture. */
const names: Readonly<Record<Arch, { target: "bpfel" | "bpfeb"; libbpf: string }>> = {
  x86_64: { target: "bpfel", libbpf: "x86" },
  aarch64: { target: "bpfel", libbpf: "arm64" },
  s390x: { target: "bpfeb", libbpf: "s390" },
  riscv64: { target: "bpfel", libbpf: "riscv" },
  ppc64le: { target: "bpfel", libbpf: "powerpc" },
};

const run = $({ cwd: root, quiet: true, verbose: false });
const output = (arch: Arch, name: string) => buildPath("bpf", arch, name);

/** Directory of the skeleton headers of an architecture. */
export const skeletonDir = (arch: Arch) => buildPath("bpf", arch);

function compile(arch: Arch, source: string, object: string, flags: readonly string[] = []): Step {
  const { target, libbpf } = names[arch];
  const options = [
    ...["-g", "-O2", "-target", target, "-mcpu=v2", "-std=gnu11", "-Wall", "-Wextra", "-Werror"],
    // Linux 5.10 refuses a loop whose first instruction is reached by falling through from inside the loop (loops.test.ts).
    ...["-mllvm", "-disable-block-placement"],
    // Vocabulary that no filler uses yet.
    "-Wno-unused-function",
    ...[`-DSCAP_ARCH_${arch.toUpperCase()}`, `-D__TARGET_ARCH_${libbpf}`, ...flags],
  ];
  return {
    name: `${object}-${arch}`,
    inputs: [
      ...new Set(["drivers/bpf/*.{c,h}", join("drivers/bpf", dirname(source), "*.{c,h}")]),
      "drivers/capture/*.h",
    ],
    key: [clang, ...options],
    needs: [schemaStep],
    outputs: [output(arch, `${object}.bpf.o`)],
    async run() {
      const out = output(arch, `${object}.bpf.o`);
      await run`${clang} ${options} -I${buildPath("gen", "c")} -c drivers/bpf/${source} -o ${out}`;
      // Debug information is many times the programs; BTF stays.
      await run`${strip} -g ${out}`;
    },
  };
}

/** The driver, loadable on every kernel with BTF. `debug` prints each event to the kernel's trace pipe. */
export function bpfObject(arch: Arch, options: { debug?: boolean } = {}): Step {
  return options.debug
    ? compile(arch, "scapyard.bpf.c", "scapyard_debug", ["-DSCAP_DEBUG"])
    : compile(arch, "scapyard.bpf.c", "scapyard");
}

/**
 * `NAME.skel.h` of the driver, its debug build, the preemption probe and the iterators. What users of these headers may rely on is
 * `NAME_bpf__elf_bytes()`, the bytes of the object; maps and programs are found by name.
 */
export function bpfSkeleton(arch: Arch): Step {
  const parts = [
    { name: "scapyard", object: bpfObject(arch) },
    { name: "scapyard_debug", object: bpfObject(arch, { debug: true }) },
    { name: "preempt_probe", object: compile(arch, "preempt_probe.bpf.c", "preempt_probe") },
    { name: "iterators", object: compile(arch, "iterators/iterators.bpf.c", "iterators") },
  ];
  return {
    name: `bpf-skeleton-${arch}`,
    inputs: [],
    needs: parts.map(({ object }) => object),
    outputs: parts.map(({ name }) => output(arch, `${name}.skel.h`)),
    async run() {
      for (const { name, object } of parts)
        await Bun.write(output(arch, `${name}.skel.h`), await skeleton(arch, name, object));
    },
  };
}

/** bpftool before 7.8 refuses objects of the other byte order ("Endian mismatch"). */
async function skeleton(arch: Arch, name: string, { outputs: [object] }: Step): Promise<string> {
  if (names[arch].target === "bpfeb") return objectHeader(`${name}_bpf`, readFileSync(object as string));
  return (await run`bpftool gen skeleton ${object} name ${name}_bpf`).stdout;
}
