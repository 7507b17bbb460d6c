/** scap_flagmaps.h: kernel value → PPM value, for BPF, kernel and user space alike. */

import { type Arch, archs } from "../model/archs.ts";
import type { Flagmap, Schema, Target, Width } from "../model/model.ts";
import { cDefine, cHeader, cNumber } from "./c.ts";

const compilerMacro: Record<Arch, string> = {
  x86_64: "defined(__x86_64__)",
  aarch64: "defined(__aarch64__)",
  s390x: "defined(__s390x__)",
  riscv64: "defined(__riscv) && __riscv_xlen == 64",
  ppc64le: "defined(__powerpc64__)",
  loongarch64: "defined(__loongarch64)",
};
const archMacro = (arch: Arch) => `SCAP_ARCH_${arch.toUpperCase()}`;

export function flagmapsHeader(schema: Schema): string {
  const parts = [
    '#include "scap_schema.h"\n',
    "/* The architecture of the values. A BPF program is compiled for none: it says -DSCAP_ARCH_… */",
    architecture(),
    "\n/* Constants of the kernel. One that is not defined does not exist on the architecture. */",
    ...kernelConstants(schema),
    `
#define SCAP_MAP static inline __attribute__((always_inline, unused))
`,
    schema.flagmaps.map((map) => conversion(map, schema)).join("\n\n"),
  ];
  return cHeader("Conversions of flags and enumerations.", "SCAP_FLAGMAPS_H", parts.join("\n"));
}

function architecture(): string {
  const given = archs.map((arch) => `defined(${archMacro(arch)})`).join(" || \\\n\t");
  const detect = archs.map(
    (arch, i) => `#${i ? "elif" : "if"} ${compilerMacro[arch]}\n#define ${archMacro(arch)}`,
  );
  return `#if !(${given})\n${detect.join("\n")}\n#else\n#error "define one of SCAP_ARCH_X86_64, SCAP_ARCH_AARCH64, ..."\n#endif\n#endif`;
}

/** Constants that are the same everywhere first, then one block an architecture. */
function kernelConstants({ kernel }: Schema): string[] {
  const entries = Object.entries(kernel);
  const isCommon = (values: (typeof kernel)[string]) =>
    archs.every((arch) => values[arch] !== undefined && values[arch] === values.x86_64);
  const common = entries.filter(([, values]) => isCommon(values));
  const differing = entries.filter(([, values]) => !isCommon(values));
  const block = (arch: Arch, index: number) => [
    `#${index ? "elif" : "if"} defined(${archMacro(arch)})`,
    ...differing.flatMap(([name, values]) =>
      values[arch] === undefined ? [] : [cDefine(`SCAP_K_${name}`, values[arch])],
    ),
  ];
  return [
    ...common.map(([name, values]) => cDefine(`SCAP_K_${name}`, values.x86_64!)),
    ...archs.flatMap(block),
    "#endif",
  ];
}

const cType: Record<Width, string> = {
  u8: "unsigned char",
  u16: "unsigned short",
  u32: "unsigned int",
  u64: "unsigned long long",
};
const cTarget = (target: Target) => (typeof target === "number" ? cNumber(target) : target);

function conversion(map: Flagmap, schema: Schema): string {
  const isEverywhere = (name: string) => archs.every((arch) => schema.kernel[name]?.[arch] !== undefined);
  const guarded: Guard = (name, lines) =>
    isEverywhere(name) ? lines : [`#ifdef SCAP_K_${name}`, ...lines, "#endif"];
  const mayBeUnused = map.cases.length === 0 && !map.bits.some(({ kernel }) => isEverywhere(kernel));
  return [
    `SCAP_MAP ${cType[map.returns]} scap_map_${map.name}(${cType[map.takes]} v)`,
    "{",
    `\t${cType[map.returns]} r = 0;\n`,
    ...(mayBeUnused ? ["\t(void)v;"] : []),
    ...choice(map, guarded),
    ...map.bits.flatMap((bit) => guarded(bit.kernel, bitLines(bit))),
    "\treturn r;",
    "}",
  ].join("\n");
}

type Guard = (name: string, lines: string[]) => string[];

function choice(map: Flagmap, guarded: Guard): string[] {
  const subject = map.mask === null ? "v" : `v & ${cNumber(map.mask)}`;
  const otherwise = map.otherwise === "same" ? subject : cTarget(map.otherwise);
  if (map.cases.length === 0) return map.otherwise === 0 ? [] : [`\tr = ${otherwise};`];
  return [
    `\tswitch (${subject}) {`,
    ...map.cases.flatMap(({ kernel, value }) =>
      guarded(kernel, [`\tcase SCAP_K_${kernel}:`, `\t\tr = ${cTarget(value)};`, "\t\tbreak;"]),
    ),
    "\tdefault:",
    `\t\tr = ${otherwise};`,
    "\t}",
  ];
}

/** All bits of a constant, not any: O_TMPFILE holds O_DIRECTORY's bit, and O_SYNC holds O_DSYNC's. */
function bitLines({ kernel, set, clear }: Flagmap["bits"][number]): string[] {
  const test = [`\tif ((v & SCAP_K_${kernel}) == SCAP_K_${kernel})`, `\t\tr |= ${cTarget(set)};`];
  return clear === 0 ? test : [...test, "\telse", `\t\tr |= ${cTarget(clear)};`];
}
