import type { Arch } from "../../run/target.ts";
import { aarch64 } from "./aarch64.ts";
import type { ArchMachine } from "./machine.ts";
import { ppc64le } from "./ppc64le.ts";
import { riscv64 } from "./riscv64.ts";
import { s390x } from "./s390x.ts";
import { x86_64 } from "./x86_64.ts";

const machines: Readonly<Record<Arch, ArchMachine>> = { x86_64, aarch64, s390x, riscv64, ppc64le };

export const archMachine = (arch: Arch): ArchMachine => machines[arch];
