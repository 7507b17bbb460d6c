/**
 * What a matrix may require of a kernel, read from the kernel's own configuration: `btf`, `jit`, `compat`, `headers`,
 * `page-size=64k`, `CONFIG_KPROBES`, `CONFIG_VIRTIO_BLK=m`; a `!` in front negates.
 */
import type { Arch } from "../harness/run/target.ts";
import { didYouMean } from "../harness/yaml/index.ts";

export interface KernelFacts {
  /** The kernel describes its own types, in /sys/kernel/btf/vmlinux: CONFIG_DEBUG_INFO_BTF. */
  readonly btf: boolean;
  /** BPF programs can be compiled to machine code: CONFIG_BPF_JIT. */
  readonly jit: boolean;
  /** 32-bit programs of the architecture run: CONFIG_COMPAT, on x86_64 CONFIG_IA32_EMULATION. */
  readonly compat: boolean;
  /** There are header packages to build modules with. */
  readonly headers: boolean;
  /** Bytes. */
  readonly pageSize: number;
}

/** `CONFIG_BPF` → `y`. Options that are not set are absent. */
export type KernelConfig = ReadonlyMap<string, string>;

/** Text of a .config file. */
export function parseConfig(text: string): Map<string, string> {
  return new Map([...text.matchAll(/^(CONFIG_\w+)=(.*)$/gm)].map(([, key, value]) => [key!, value!]));
}

/** The option that decides whether 32-bit programs run. */
export const compatOption = (arch: Arch) => (arch === "x86_64" ? "CONFIG_IA32_EMULATION" : "CONFIG_COMPAT");

export function factsOf(arch: Arch, config: KernelConfig, headers: boolean): KernelFacts {
  const isSet = (option: string) => config.get(option) === "y";
  return {
    btf: isSet("CONFIG_DEBUG_INFO_BTF"),
    jit: isSet("CONFIG_BPF_JIT"),
    compat: isSet(compatOption(arch)),
    headers,
    pageSize: pageSizeOf(config),
  };
}

/** arm64 and powerpc always named the size; the common option came with 6.9. All other kernels without one have 4 KiB. */
function pageSizeOf(config: KernelConfig): number {
  for (const [option, value] of config) {
    const size = /^CONFIG_(?:(?:ARM64|PPC)_(\d+)K_PAGES|PAGE_SIZE_(\d+)KB)$/.exec(option);
    if (size && value === "y") return Number(size[1] ?? size[2]) * 1024;
  }
  return 4096;
}

/** One thing that is asked of a kernel. */
export interface Requirement {
  /** As it was written. */
  readonly text: string;
  readonly met: (facts: KernelFacts, config: KernelConfig) => boolean;
}

const booleanFacts = ["btf", "jit", "compat", "headers"] as const;

/** @throws Error for something that no kernel can be asked for; the message says what can be. */
export function parseRequirement(text: string): Requirement {
  const negated = text.startsWith("!");
  const met = positive(negated ? text.slice(1) : text);
  return { text, met: negated ? (facts, config) => !met(facts, config) : met };
}

function positive(text: string): Requirement["met"] {
  const fact = booleanFacts.find((name) => name === text);
  if (fact) return (facts) => facts[fact];
  const size = /^page-size=(\d+)k$/.exec(text);
  if (size) return (facts) => facts.pageSize === Number(size[1]) * 1024;
  const option = /^(CONFIG_\w+)(?:=(.+))?$/.exec(text);
  if (option) return (_, config) => isMet(config.get(option[1]!), option[2]);
  const known = [...booleanFacts, "page-size=4k", "page-size=16k", "page-size=64k"];
  const hint =
    didYouMean(text, known) || `; there are ${known.join(", ")}, CONFIG_NAME and CONFIG_NAME=value`;
  throw new Error(`unknown requirement ${text}${hint}`);
}

/** Without a value any will do: built in, or a module. */
const isMet = (actual: string | undefined, wanted: string | undefined) =>
  wanted === undefined ? actual !== undefined : (actual ?? "n") === wanted;
