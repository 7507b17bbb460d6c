import type { LoadOptions } from "../agent/messages.ts";
import { type Intention, kernelArguments } from "../vm/index.ts";
import type { TargetOptions } from "./target-options.ts";

/** How a guest differs from the usual one. */
export interface GuestOptions {
  /** Default 1. */
  readonly cpus?: number;
  /** MiB. */
  readonly memory?: number;
  /** Settings of every driver's load. */
  readonly load?: Omit<LoadOptions, "engine" | "modulePath" | "btfPath">;
  /** Options of the kernel's config without which this guest cannot be had, and the values that they must have. */
  readonly config?: Readonly<Record<string, "y" | undefined>>;
  /** 32-bit calls are switched off. */
  readonly noCompat?: boolean;
  /** Whatever else the machine is to have. */
  readonly extra?: readonly Intention[];
  /** Give modern_bpf the BTF made from the kernel's headers, though the kernel has its own. */
  readonly btfOfHeaders?: boolean;
  /** A module to insert instead of the one built for this kernel. */
  readonly module?: string;
}

/** The guest that a target's name asks for. Words of `scapyard_*` are for the agent, which finds them in its environment. */
export function guestOptions({ compat, cpus, memory, jit, lockdown }: TargetOptions): GuestOptions {
  const words: string[] = [];
  const config: Record<string, "y" | undefined> = {};
  if (compat === "off") words.push("ia32_emulation=0");
  if (jit === "off") {
    words.push("scapyard_jit=off");
    config.CONFIG_BPF_JIT_ALWAYS_ON = undefined;
  }
  if (lockdown) {
    words.push(`lockdown=${lockdown}`);
    config.CONFIG_SECURITY_LOCKDOWN_LSM = "y";
  }
  return {
    ...(compat === "off" && { noCompat: true }),
    ...(cpus && { cpus }),
    ...(memory && { memory }),
    ...(words.length > 0 && { extra: [kernelArguments(...words)], config }),
  };
}

/** Why this kernel cannot be such a guest, if it cannot. */
export function configConflict(
  { config = {} }: GuestOptions,
  kernel: ReadonlyMap<string, string>,
): string | undefined {
  for (const [name, value] of Object.entries(config))
    if (kernel.get(name) !== value)
      return value ? `the kernel is built without ${name}` : `the kernel is built with ${name}`;
  return undefined;
}
