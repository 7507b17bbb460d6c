import { expect, test } from "bun:test";
import type { CatalogueKernel } from "./catalogue.ts";
import type { SuiteIndex } from "./debian/index.ts";
import type { PackageEntry } from "./debian/packages.ts";
import { selectKernel } from "./select.ts";

const kernel: CatalogueKernel = {
  id: "x86_64/debian-7.2",
  arch: "x86_64",
  name: "debian-7.2",
  series: "7.2",
  flavour: "amd64",
  suites: ["backports"],
};

function entry(name: string, version: string, depends: string[] = []): PackageEntry {
  return {
    name,
    version,
    depends,
    path: `pool/${name}_${version}_amd64.deb`,
    sha256: `sha of ${name}`,
    size: 1,
  };
}

/** Packages of a release as they are since 6.19. */
function split(release: string, version: string, kbuildDepends: string[] = []): PackageEntry[] {
  return [
    entry(`linux-image-${release}-amd64`, version),
    entry(`linux-binary-${release}-amd64`, version),
    entry(`linux-modules-${release}-amd64`, version),
    entry(`linux-base-${release}-amd64`, version),
    entry(`linux-headers-${release}-amd64`, version, [
      `linux-headers-${release}-common`,
      `linux-kbuild-${release}`,
    ]),
    entry(`linux-headers-${release}-common`, version),
    entry(`linux-kbuild-${release}`, version, kbuildDepends),
  ];
}

const suite = (name: string, ...packages: PackageEntry[]): SuiteIndex => ({ suite: name, packages });
/** On this box's own architecture kernel and build tools come from one index. */
const offer = (index: SuiteIndex) => ({ target: index, build: index });
const releaseOf = (...indexes: SuiteIndex[]) => selectKernel(kernel, indexes.map(offer))?.release;

test("the newest point release by Debian's order", () => {
  expect(
    releaseOf(suite("b", ...split("7.2.9+deb13", "7.2.9-1"), ...split("7.2.11+deb13", "7.2.11-1"))),
  ).toBe("7.2.11+deb13-amd64");
});

test("other series and flavours do not count", () => {
  const others = [...split("7.20.1+deb13", "7.20.1-1"), ...split("7.2.12+deb13-cloud", "7.2.12-1")];
  expect(releaseOf(suite("b", ...others, ...split("7.2.9+deb13", "7.2.9-1")))).toBe("7.2.9+deb13-amd64");
});

test("an image without headers of its version does not count", () => {
  const headless = split("7.2.11+deb13", "7.2.11-1").filter(({ name }) => !name.startsWith("linux-headers"));
  expect(releaseOf(suite("b", ...headless, ...split("7.2.9+deb13", "7.2.9-1")))).toBe("7.2.9+deb13-amd64");
});

test("… unless the catalogue says that the series has none", () => {
  const headless = split("7.2.11+deb13", "7.2.11-1").filter(({ name }) => !name.startsWith("linux-headers"));
  const found = selectKernel({ ...kernel, headers: false }, [offer(suite("b", ...headless))]);
  expect(found?.files.map(({ role }) => role)).toEqual(["image", "modules", "config"]);
});

test("build tools are those of this box's architecture, for a kernel of another", () => {
  const foreign: CatalogueKernel = {
    ...kernel,
    id: "s390x/debian-7.2",
    arch: "s390x",
    flavour: "s390x",
  };
  const packages = (suffix: string) =>
    split("7.2.11+deb13", "7.2.11-1").map((entry) => ({
      ...entry,
      name: entry.name.replace(/amd64$/, "s390x"),
      path: entry.path.replace(/amd64/g, suffix),
    }));
  const target = suite("b", ...packages("s390x"));
  const paths = (build: SuiteIndex) =>
    selectKernel(foreign, [{ target, build }])
      ?.files.filter(({ role }) => role === "headers" || role === "kbuild")
      .map(({ path }) => path);
  expect(paths(suite("b", ...packages("box")))).toEqual([
    "pool/linux-headers-7.2.11+deb13-s390x_7.2.11-1_s390x.deb",
    "pool/linux-kbuild-7.2.11+deb13_7.2.11-1_box.deb",
  ]);
  expect(paths(suite("b"))).toBeUndefined();
});

test("an earlier suite beats a newer version", () => {
  const frozen = suite("frozen", ...split("7.2.9+deb13", "7.2.9-1"));
  expect(releaseOf(frozen, suite("moving", ...split("7.2.11+deb13", "7.2.11-1")))).toBe("7.2.9+deb13-amd64");
});

test("the kernel is in linux-binary, not in the empty linux-image", () => {
  const files = selectKernel(kernel, [offer(suite("b", ...split("7.2.9+deb13", "7.2.9-1")))])!.files;
  expect(files.map((file) => `${file.role} ${file.package}`)).toEqual([
    "image linux-binary-7.2.9+deb13-amd64",
    "modules linux-modules-7.2.9+deb13-amd64",
    "config linux-base-7.2.9+deb13-amd64",
    "headers linux-headers-7.2.9+deb13-amd64",
    "headers-common linux-headers-7.2.9+deb13-common",
    "kbuild linux-kbuild-7.2.9+deb13",
  ]);
});

test("build tools for a newer C library bring it along", () => {
  const index = suite("b", ...split("7.2.9+deb13", "7.2.9-1", ["libc6", "libelf1t64"]));
  const names = ["libc6", "libelf1t64", "zlib1g", "libzstd1"];
  const libraries = suite("trixie", ...names.map((name) => entry(name, "1")), entry("libc6", "2"));
  const chosen = selectKernel(kernel, [offer(index)], libraries)!.files.filter(
    ({ role }) => role === "library",
  );
  expect(chosen.map((file) => `${file.package} ${file.version} ${file.suite}`)).toEqual([
    "libc6 2 trixie",
    "libelf1t64 1 trixie",
    "zlib1g 1 trixie",
    "libzstd1 1 trixie",
  ]);
  expect(selectKernel(kernel, [offer(index)])).toBeUndefined();
});
