/** A kernel that is ready to boot, wherever it came from. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Arch } from "../harness/run/target.ts";
import type { KernelName } from "./catalogue.ts";
import { KernelError } from "./error.ts";
import { factsOf, type KernelConfig, type KernelFacts, parseConfig } from "./facts.ts";
import { listedModules, loadOrder } from "./modules.ts";
import type { KernelRecord } from "./store.ts";

export interface Kernel {
  readonly arch: Arch;
  /** `debian-6.12` */
  readonly name: string;
  /** `6.12` */
  readonly series: string;
  /** As `uname -r` says it: `6.12.95+deb12-amd64`. */
  readonly release: string;
  /** The package that the image comes from; `local` for one from local files. */
  readonly package: string;
  readonly lockedVersion: string;
  /** Differs from `lockedVersion` only if that one is gone from the mirror. */
  readonly actualVersion: string;
  /** sha256 of the image package, or of the local image. */
  readonly sha256: string;
  /** File to boot; on x86_64 the ELF vmlinux, for QEMU's PVH entry. */
  readonly image: string;
  /** The kernel's .config. */
  readonly config: KernelConfig;
  readonly facts: KernelFacts;
  /** Paths of .ko files to load for a module, in order, the module last; none if it is built in. @throws KernelError */
  module(name: string): Promise<string[]>;
  /** For building modules: `<sysroot>/usr/src/linux-headers-<release>`. */
  readonly headers: { readonly sysroot: string; readonly release: string } | null;
}

/** Where an unpacked kernel came from, as far as it matters now. */
export interface Origin {
  readonly package: string;
  readonly sha256: string;
  readonly hasHeaders: boolean;
  /** Puts modules and what they depend on into the kernel's `modules/`, decompressed. */
  readonly takeModules: (names: readonly string[]) => Promise<void>;
}

export function toKernel(
  { arch, name, series }: KernelName,
  directory: string,
  record: KernelRecord,
  origin: Origin,
): Kernel {
  const config = parseConfig(readFileSync(join(directory, "config"), "utf8"));
  return {
    arch,
    name,
    series,
    release: record.release,
    package: origin.package,
    lockedVersion: record.lockedVersion,
    actualVersion: record.version,
    sha256: origin.sha256,
    image: join(directory, "image"),
    config,
    facts: factsOf(arch, config, origin.hasHeaders),
    module: (module) => moduleFiles(directory, record.release, module, origin),
    headers: origin.hasHeaders ? { sysroot: join(directory, "sysroot"), release: record.release } : null,
  };
}

async function moduleFiles(
  directory: string,
  release: string,
  name: string,
  origin: Origin,
): Promise<string[]> {
  const modules = join(directory, "modules");
  if (!existsSync(join(modules, `${name}.ko`))) {
    if (listedModules(join(directory, "modules.builtin")).has(name)) return [];
    if (!listedModules(join(directory, "modules.order")).has(name))
      throw new KernelError("unpack", `kernel ${release} has no module ${name}`);
    await origin.takeModules([name]);
  }
  return loadOrder(modules, name);
}
