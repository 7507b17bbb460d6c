/** What a profile can ask of a kernel, known without fetching it. */
import type { Arch } from "../harness/run/target.ts";
import { listKernels } from "../kernels/index.ts";

export const facts = [
  /** The kernel describes its types itself, in /sys/kernel/btf/vmlinux. */
  "btf",
  /** BPF programs can be compiled. */
  "jit",
  /** 32-bit programs run. */
  "compat",
  /** There is what modules are built against. */
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

/** Those of the catalogue, in its order; then those of local files. */
export function matrixKernels(): MatrixKernel[] {
  return listKernels().map(({ arch, name, series, facts: known }) => ({
    arch,
    name,
    series,
    pageSize: `${known.pageSize / 1024}K` as PageSize,
    facts: new Set(facts.filter((fact) => known[fact])),
  }));
}
