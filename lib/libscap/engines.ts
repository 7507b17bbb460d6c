/** The live engines that this build of libscap has. */
import { bpfSkeleton, skeletonDir } from "../../drivers/bpf/build.ts";
import type { Step } from "../../harness/build/step.ts";
import type { Arch } from "../../harness/run/target.ts";

export interface Engine {
  /** Also the prefix of its sources, `src/engine_<name>*.c`, and its name for scap_open_live(). */
  readonly name: string;
  /** Files outside lib/libscap that its sources include. */
  readonly inputs: readonly string[];
  /** What must be made before its sources compile, and where they find it. */
  readonly needs: (arch: Arch) => readonly Step[];
  readonly includeDirs: (arch: Arch) => readonly string[];
}

const modernBpf: Engine = {
  name: "modern_bpf",
  inputs: ["drivers/bpf/shared.h", "drivers/bpf/iterators/records.h", "drivers/capture/abi.h"],
  needs: (arch) => [bpfSkeleton(arch)],
  includeDirs: (arch) => [skeletonDir(arch)],
};

const kmod: Engine = {
  name: "kmod",
  inputs: ["drivers/kmod/device_abi.h", "drivers/capture/abi.h"],
  needs: () => [],
  includeDirs: () => [],
};

export const engines: readonly Engine[] = [modernBpf, kmod];
