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

export interface CatalogueKernel extends v.InferOutput<typeof CatalogueEntry> {
  /** `x86_64/debian-6.12` */
  readonly id: string;
  readonly arch: Arch;
  /** `debian-6.12` */
  readonly name: string;
}

function isKernelId(id: string): boolean {
  const [arch, name, ...rest] = id.split("/");
  return (
    rest.length === 0 &&
    (architectures as readonly string[]).includes(arch ?? "") &&
    /^[a-z]+-\d+\.\d+(-[a-z0-9]+)?$/.test(name ?? "")
  );
}

export function readCatalogue(file = join(root, "kernels/catalogue.yaml")): CatalogueKernel[] {
  return Object.entries(loadYaml(file, Catalogue)).map(([id, entry]) => {
    const [arch, name] = id.split("/");
    return { ...entry, id, arch: arch as Arch, name: name! };
  });
}

/** @throws KernelError `unknown-kernel`, with the nearest names. */
export function findKernel(id: string, catalogue: readonly CatalogueKernel[]): CatalogueKernel {
  const found = catalogue.find((kernel) => kernel.id === id);
  if (found) return found;
  const names = catalogue.map((kernel) => kernel.id);
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
