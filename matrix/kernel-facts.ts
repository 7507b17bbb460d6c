/** What a profile can ask of a kernel, known without fetching it. */
import type { Arch } from "../harness/run/target.ts";
import { listKernels } from "../kernels/index.ts";
import { fileOf, readLock } from "../kernels/lock.ts";

export const facts = [
  /** The archive has what modules are built against. */
  "headers",
] as const;
export type Fact = (typeof facts)[number];

export const pageSizes = ["4K", "16K", "64K"] as const;
export type PageSize = (typeof pageSizes)[number];

export interface MatrixKernel {
  readonly arch: Arch;
  readonly name: string;
  readonly series: string;
  readonly pageSize: PageSize;
  readonly facts: ReadonlySet<Fact>;
}

/** Those of the catalogue, in its order. */
export function matrixKernels(): MatrixKernel[] {
  const { kernels } = readLock();
  return listKernels().map(({ id, arch, name, series }) => {
    const locked = kernels[id];
    const known: Fact[] = locked && fileOf(locked, "headers") ? ["headers"] : [];
    return { arch, name, series, pageSize: pageSizeOf(name), facts: new Set(known) };
  });
}

/** Flavours with other pages than usual are named after them: `debian-6.12-64k`. */
function pageSizeOf(name: string): PageSize {
  if (name.endsWith("-16k")) return "16K";
  return name.endsWith("-64k") ? "64K" : "4K";
}
