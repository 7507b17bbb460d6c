/**
 * libscap.so, libscap.a, scap-open and the C tests, per architecture, in `build/<arch>/`.
 *
 * libscap.a is one object in which only the functions of scap.h are visible, so that no internal name of ours can
 * meet one of the program that links it.
 */
import { basename } from "node:path";
import { $ } from "zx";
import { schemaStep } from "../../drivers/schema/build.ts";
import { compile } from "../../harness/build/compile.ts";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { toolchain } from "../../harness/build/toolchain.ts";
import type { Arch } from "../../harness/run/target.ts";
import { hostArch } from "../../harness/setup/host.ts";
import {
  thirdParty,
  thirdPartyArchives,
  thirdPartyHeaders,
  thirdPartyIncludes,
} from "../third-party/build.ts";
import { engines } from "./engines.ts";

export const warnings = ["-std=c11", "-D_GNU_SOURCE=", "-Wall", "-Wextra", "-Werror", "-g"];
export const includes = [
  ...[`-I${root}/lib/libscap/include`, `-I${buildPath("gen", "c")}`],
  ...thirdPartyIncludes,
];
const compileFlags = [...warnings, "-O2", "-fPIC", "-fvisibility=hidden"];

const run = $({ cwd: root, quiet: true, verbose: false });
const output = (arch: Arch, name: string) => buildPath(arch, name);

/** Sources of the library, relative to the checkout, less one inflater; those of engines only if the build has the engine. */
export function librarySources(): string[] {
  const common = [...new Bun.Glob("lib/libscap/src/*.c").scanSync({ cwd: root })].filter(
    (path) => !/^(engine|inflate)_/.test(basename(path)),
  );
  return [...common, ...engineSources()].sort();
}

function engineSources(): string[] {
  return engines.flatMap(({ name }) => [
    ...new Bun.Glob(`lib/libscap/src/engine_${name}*.c`).scanSync({ cwd: root }),
  ]);
}

/** Which engines there are, and where what they need was made. */
export function engineFlags(arch: Arch): string[] {
  return engines.flatMap(({ name, includeDirs }) => [
    `-DSCAP_ENGINE_${name.toUpperCase()}`,
    ...includeDirs(arch).map((dir) => `-I${dir}`),
  ]);
}

/** What unpacks gzip: some of src/inflate_*.c, and the libraries that they need besides ours. */
export interface Inflater {
  readonly sources: readonly string[];
  readonly libraries: readonly string[];
}

export const zlibInflater: Inflater = { sources: ["lib/libscap/src/inflate_zlib.c"], libraries: [] };
const isalInflater: Inflater = {
  sources: ["lib/libscap/src/inflate_header.c", "lib/libscap/src/inflate_isal.c"],
  libraries: ["-lisal"],
};

/** Debian has ISA-L for x86_64, and as a shared library only. */
export const sharedInflater = (arch: Arch): Inflater =>
  arch === "x86_64" && arch === hostArch() ? isalInflater : zlibInflater;

const tableSource = buildPath("gen", "c", "scap_event_table.c");
export const tableSources = [tableSource, buildPath("gen", "c", "scap_conversion.c")];
/** The schema may keep a flag table that no parameter uses today. */
export const tableFlags = ["-Wno-unused-const-variable"];
const objectsDir = (arch: Arch) => output(arch, "obj/libscap");

/** All of the library, every inflater: objectsWith() chooses one. */
export function libscapObjects(arch: Arch): Step {
  const inflaters = new Set([zlibInflater, sharedInflater(arch)]);
  const sources = [...librarySources(), ...[...inflaters].flatMap(({ sources }) => sources)];
  const { cc } = toolchain(arch);
  const flags = [...compileFlags, ...includes, ...engineFlags(arch)];
  return {
    name: `libscap-objects-${arch}`,
    inputs: ["lib/libscap/{src,include}/*.{c,h}", ...engines.flatMap(({ inputs }) => inputs)],
    key: [cc, ...flags, ...tableFlags, ...sources],
    needs: [schemaStep, thirdPartyHeaders, ...engines.flatMap(({ needs }) => needs(arch))],
    outputs: [...sources, ...tableSources].map((path) => `${objectsDir(arch)}/${basename(path, ".c")}.o`),
    async run() {
      await compile(cc, flags, sources, objectsDir(arch));
      await compile(cc, [...flags, ...tableFlags], tableSources, objectsDir(arch));
    },
  };
}

/** What programs linked with libscap.so look for: the major version of the interface. */
const soname = "libscap.so.1";

/** The objects of `step` without those of other inflaters. */
export function objectsWith(step: Step, { sources }: Inflater): string[] {
  const own = sources.map((source) => `${basename(source, ".c")}.o`);
  return step.outputs.filter(
    (path) => !basename(path).startsWith("inflate_") || own.includes(basename(path)),
  );
}

export function libscapShared(arch: Arch): Step {
  const objects = libscapObjects(arch);
  const inflater = sharedInflater(arch);
  const { cc } = toolchain(arch);
  const map = "lib/libscap/libscap.map";
  const flags = ["-shared", `-Wl,-soname,${soname}`, "-Wl,-z,defs", `-Wl,--version-script=${map}`];
  return {
    name: `libscap-shared-${arch}`,
    inputs: [map],
    key: [cc, ...flags, ...inflater.sources],
    needs: [objects, ...thirdParty(arch)],
    outputs: [output(arch, "libscap.so"), output(arch, soname)],
    async run() {
      const parts = [...objectsWith(objects, inflater), ...thirdPartyArchives(arch), ...inflater.libraries];
      await run`${cc} ${flags} -o ${output(arch, "libscap.so")} ${parts}`;
      await run`ln -sfn libscap.so ${output(arch, soname)}`;
    },
  };
}

export function libscapStatic(arch: Arch): Step {
  const objects = libscapObjects(arch);
  const { ld, objcopy, ar } = toolchain(arch);
  const archive = output(arch, "libscap.a");
  return {
    name: `libscap-static-${arch}`,
    inputs: [],
    key: [ld, objcopy, ar],
    needs: [objects],
    outputs: [archive],
    async run() {
      const whole = `${objectsDir(arch)}/whole`;
      await run`rm -f ${archive}`;
      await run`${ld} -r -o ${whole}.o ${objectsWith(objects, zlibInflater)}`;
      await run`${objcopy} --localize-hidden ${whole}.o`;
      await run`${ar} rcs ${archive} ${whole}.o`;
    },
  };
}

/** The C example: prints a capture, live or from a file. Static, so that it runs in any guest. */
export function scapOpen(arch: Arch): Step {
  const library = libscapStatic(arch);
  const { cc } = toolchain(arch);
  const sources = [...new Bun.Glob("lib/examples/*.c").scanSync({ cwd: root })].sort();
  return {
    name: `scap-open-${arch}`,
    inputs: ["lib/examples/*.{c,h}", "lib/libscap/include/*.h"],
    key: [cc, ...warnings, ...sources],
    needs: [library, ...thirdParty(arch)],
    outputs: [output(arch, "scap-open")],
    async run() {
      const flags = [...warnings, "-O2", "-static", ...includes, `-I${root}/lib/libscap/src`];
      const parts = [...sources, tableSource, ...library.outputs, ...thirdPartyArchives(arch)];
      await run`${cc} ${flags} -o ${output(arch, "scap-open")} ${parts}`;
    },
  };
}
