import type { Arch } from "../../run/target.ts";
import type { ArchMachine } from "./machine.ts";
import { x86_64 } from "./x86_64.ts";

const machines: Partial<Record<Arch, ArchMachine>> = { x86_64 };

/** @throws if scapyard cannot boot machines of that architecture. */
export function archMachine(arch: Arch): ArchMachine {
  const machine = machines[arch];
  if (!machine)
    throw new Error(`no machine for architecture ${arch}; there is ${Object.keys(machines).join(", ")}`);
  return machine;
}
