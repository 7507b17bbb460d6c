/**
 * libbpf, libelf and zlib as static, position-independent archives for any architecture: `build/<arch>/lib<name>.a`, and
 * their headers in `build/third-party/include`. Compiled file by file: their own builds want autotools and pkg-config.
 */
import { cpSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { $ } from "zx";
import { compile } from "../../harness/build/compile.ts";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { toolchain } from "../../harness/build/toolchain.ts";
import type { Arch } from "../../harness/run/target.ts";
import { type SourceName, sourceDir, sourceStep } from "./sources.ts";

const includeDir = buildPath("third-party", "include");

/** For the compiler: `<bpf/libbpf.h>`, `<gelf.h>`, `<zlib.h>`. Needs `thirdPartyHeaders`. */
export const thirdPartyIncludes = [`-I${includeDir}`];

const from = (name: SourceName, ...path: string[]) => join(sourceDir(name), ...path);

interface Library {
  readonly name: "bpf" | "elf" | "z";
  readonly source: SourceName;
  /** Which .c files are compiled; globs. */
  readonly files: readonly string[];
  readonly flags: readonly string[];
  /** Headers that programs include → path below the include directory. */
  readonly headers: Readonly<Record<string, string>>;
}

const largeFiles = ["-D_LARGEFILE64_SOURCE", "-D_FILE_OFFSET_BITS=64"];

/** In the order in which a linker wants them. */
const libraries: readonly Library[] = [
  {
    name: "bpf",
    source: "libbpf",
    files: ["src/*.c"],
    flags: [
      "-D_GNU_SOURCE",
      ...largeFiles,
      ...["include", "include/uapi"].map((dir) => `-I${from("libbpf", dir)}`),
    ],
    headers: Object.fromEntries(
      ["bpf.h", "btf.h", "libbpf.h", "libbpf_common.h", "libbpf_legacy.h", "libbpf_version.h"].map((name) => [
        `src/${name}`,
        `bpf/${name}`,
      ]),
    ),
  },
  {
    name: "elf",
    source: "elfutils",
    files: ["libelf/*.c", "lib/eu-search.c"],
    flags: [
      ...["-D_GNU_SOURCE", "-DHAVE_CONFIG_H", `-I${root}/lib/third-party/elfutils`],
      ...["libelf", "lib"].map((dir) => `-I${from("elfutils", dir)}`),
    ],
    headers: { "libelf/libelf.h": "libelf.h", "libelf/gelf.h": "gelf.h" },
  },
  {
    name: "z",
    source: "zlib",
    files: ["*.c"],
    flags: ["-DHAVE_UNISTD_H", "-DHAVE_STDARG_H", "-D_LARGEFILE64_SOURCE=1"],
    headers: { "zlib.h": "zlib.h", "zconf.h": "zconf.h" },
  },
];

export const thirdPartyHeaders: Step = {
  name: "third-party-headers",
  inputs: ["lib/third-party/build.ts"],
  needs: libraries.map(({ source }) => sourceStep(source)),
  outputs: libraries.flatMap(({ headers }) => Object.values(headers).map((path) => join(includeDir, path))),
  run() {
    rmSync(includeDir, { recursive: true, force: true });
    for (const { source, headers } of libraries)
      for (const [path, target] of Object.entries(headers))
        cpSync(from(source, path), join(includeDir, target));
  },
};

/** Foreign code's warnings are not ours to mend. */
const flags = ["-std=gnu11", "-O2", "-fPIC", "-fvisibility=hidden", "-w", ...thirdPartyIncludes];

const archivePath = (arch: Arch, { name }: Library) => buildPath(arch, `lib${name}.a`);

function archiveStep(arch: Arch, library: Library): Step {
  const { cc, ar } = toolchain(arch);
  const archive = archivePath(arch, library);
  const options = [...flags, ...library.flags];
  return {
    name: `lib${library.name}-${arch}`,
    inputs: ["lib/third-party/elfutils/config.h"],
    key: [cc, ...library.files, ...options],
    needs: [thirdPartyHeaders],
    outputs: [archive],
    async run() {
      const files = library.files.flatMap((glob) => [
        ...new Bun.Glob(glob).scanSync({ cwd: sourceDir(library.source), absolute: true }),
      ]);
      const objects = await compile(
        cc,
        options,
        files.sort(),
        buildPath(arch, "obj", basename(archive, ".a")),
      );
      rmSync(archive, { force: true });
      await $({ quiet: true })`${ar} rcs ${archive} ${objects}`;
    },
  };
}

/** The archives of an architecture. */
export const thirdParty = (arch: Arch): readonly Step[] =>
  libraries.map((library) => archiveStep(arch, library));

/** What a program that links libscap.a puts behind it. Needs `thirdParty`. */
export const thirdPartyArchives = (arch: Arch): string[] =>
  libraries.map((library) => archivePath(arch, library));
