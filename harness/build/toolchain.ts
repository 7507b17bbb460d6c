/** The GNU compilers of the five architectures, as Debian names them. One x86_64 machine has them all. */
import type { Arch } from "../run/target.ts";

const triples: Readonly<Record<Arch, string>> = {
  x86_64: "x86_64-linux-gnu",
  aarch64: "aarch64-linux-gnu",
  s390x: "s390x-linux-gnu",
  riscv64: "riscv64-linux-gnu",
  ppc64le: "powerpc64le-linux-gnu",
};

export interface Toolchain {
  readonly arch: Arch;
  /** `x86_64-linux-gnu`; in front of `-gcc`, `-strip`, … */
  readonly triple: string;
  readonly cc: string;
  readonly ld: string;
  readonly ar: string;
  readonly objcopy: string;
  readonly strip: string;
}

export function toolchain(arch: Arch): Toolchain {
  const triple = triples[arch];
  const tool = (name: string) => `${triple}-${name}`;
  return {
    arch,
    triple,
    cc: tool("gcc"),
    ld: tool("ld"),
    ar: tool("ar"),
    objcopy: tool("objcopy"),
    strip: tool("strip"),
  };
}
