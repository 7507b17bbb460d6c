/** The GNU compilers of the five architectures, as Debian names them. */
import type { Arch } from "../../harness/run/target.ts";

const triples: Readonly<Record<Arch, string>> = {
  x86_64: "x86_64-linux-gnu",
  aarch64: "aarch64-linux-gnu",
  s390x: "s390x-linux-gnu",
  riscv64: "riscv64-linux-gnu",
  ppc64le: "powerpc64le-linux-gnu",
};

export interface Toolchain {
  readonly arch: Arch;
  readonly triple: string;
  readonly cc: string;
  readonly ld: string;
  readonly ar: string;
  readonly objcopy: string;
}

export function toolchain(arch: Arch): Toolchain {
  const triple = triples[arch];
  const tool = (name: string) => `${triple}-${name}`;
  return { arch, triple, cc: tool("gcc"), ld: tool("ld"), ar: tool("ar"), objcopy: tool("objcopy") };
}
