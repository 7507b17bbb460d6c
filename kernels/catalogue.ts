/** `catalogue.yaml`: which kernels there are. */
import { join } from "node:path";
import * as v from "valibot";
import { root } from "../harness/build/root.ts";
import { type Arch, architectures } from "../harness/run/target.ts";
import { didYouMean, loadYaml } from "../harness/yaml/index.ts";
import { KernelError } from "./error.ts";

/** `x86_64/debian-6.12`: the first two parts of a target. */
export const KernelId = v.pipe(
  v.string(),
  v.check(isKernelId, "a kernel is called <arch>/<distro>-<series>[-<flavour>]"),
);

const Suite = v.pipe(v.string(), v.regex(/^[a-z]+(-[a-z]+)?$/, "not a suite's name"));

const CatalogueEntry = v.strictObject({
  series: v.pipe(v.string(), v.regex(/^\d+\.\d+$/, "a series is two numbers: 6.12")),
  flavour: v.string(),
  suites: v.pipe(v.array(Suite), v.minLength(1, "at least one suite")),
  libraries: v.optional(Suite),
  headers: v.optional(v.literal(false)),
});

export const Catalogue = v.record(KernelId, CatalogueEntry);

/** What a kernel is called, wherever it comes from. */
export interface KernelName {
  /** `x86_64/debian-6.12` */
  readonly id: string;
  readonly arch: Arch;
  /** `debian-6.12` */
  readonly name: string;
  /** Upstream's: `6.12`. */
  readonly series: string;
}

/** A kernel of the archive. */
export interface CatalogueKernel extends KernelName, Omit<v.InferOutput<typeof CatalogueEntry>, "series"> {}

export function isKernelId(id: string): boolean {
  const [arch, name, ...rest] = id.split("/");
  return (
    rest.length === 0 &&
    (architectures as readonly string[]).includes(arch ?? "") &&
    /^[a-z]+-\d+\.\d+(-[a-z0-9]+)?$/.test(name ?? "")
  );
}

export const catalogueFile = join(root, "kernels/catalogue.yaml");

export function readCatalogue(file = catalogueFile): CatalogueKernel[] {
  return Object.entries(loadYaml(file, Catalogue)).map(([id, entry]) => {
    return { ...entry, ...nameOf(id), series: entry.series };
  });
}

/** @param id a valid one */
export function nameOf(id: string): KernelName {
  const [arch, name] = id.split("/");
  return { id, arch: arch as Arch, name: name!, series: /-(\d+\.\d+)/.exec(name!)![1]! };
}

/** @throws KernelError `unknown-kernel`, with the nearest names. */
export function findKernel<K extends KernelName>(id: string, kernels: readonly K[]): K {
  const found = kernels.find((kernel) => kernel.id === id);
  if (found) return found;
  const names = kernels.map((kernel) => kernel.id);
  throw new KernelError(
    "unknown-kernel",
    `unknown kernel ${id}${didYouMean(id, names) || `; there are ${names.join(", ")}`}`,
  );
}

/** Debian's names of the architectures. */
export const debianArchitecture: Readonly<Record<Arch, string>> = {
  x86_64: "amd64",
  aarch64: "arm64",
  s390x: "s390x",
  riscv64: "riscv64",
  ppc64le: "ppc64el",
};

/** Debian's name of this box's architecture: that of the programs that build modules, for whichever kernel. */
export const buildArchitecture = process.arch === "arm64" ? "arm64" : "amd64";
