/** The C tests, one program per `test_*.c`, with AddressSanitizer and UndefinedBehaviorSanitizer. */
import { basename } from "node:path";
import { $ } from "zx";
import { schemaStep } from "../../../drivers/schema/build.ts";
import { compile } from "../../../harness/build/compile.ts";
import { buildPath, root } from "../../../harness/build/root.ts";
import type { Step } from "../../../harness/build/step.ts";
import { hostArch } from "../../../harness/setup/host.ts";
import { thirdParty, thirdPartyArchives } from "../../third-party/build.ts";
import {
  type Inflater,
  includes,
  librarySources,
  sharedInflater,
  tableFlags,
  tableSources,
  warnings,
  zlibInflater,
} from "../build.ts";

const cc = "gcc";
const flags = [
  ...warnings,
  "-O1",
  "-fsanitize=address,undefined",
  "-fno-sanitize-recover=all",
  "-fno-omit-frame-pointer",
];
const dir = buildPath("tests", "libscap");

const tests = [...new Bun.Glob("lib/libscap/test/test_*.c").scanSync({ cwd: root })].sort();
/** The engines need a kernel; their common half is tested with a fake one. */
const library = librarySources().filter((path) => !basename(path).startsWith("engine_"));
const helpers = ["lib/libscap/test/make.c", "lib/libscap/test/fake_engine.c"];

interface Program {
  readonly path: string;
  readonly test: string;
  readonly inflater: Inflater;
}

const program = (test: string, inflater: Inflater, suffix = ""): Program => ({
  path: `${dir}/${basename(test, ".c")}${suffix}`,
  test,
  inflater,
});

/** All with the inflater of libscap.so; what unpacks gzip with that of libscap.a too. */
const programs = tests.flatMap((test) => [
  program(test, sharedInflater(hostArch())),
  ...(basename(test) === "test_gunzip.c" ? [program(test, zlibInflater, "_zlib")] : []),
]);

/** What test_faults.c can let fail: calls of libscap and zlib to the C library. */
const wrapped = [
  ...["malloc", "calloc", "realloc", "strdup", "free"],
  ...["read", "write", "open", "openat", "close", "dup", "fopen", "fdopendir", "fstatat", "readlinkat"],
  ...["socket", "send", "recv"],
];

/** What a test needs besides its own source and the library. */
const extras: Readonly<Record<string, readonly string[]>> = {
  "test_faults.c": ["lib/libscap/test/faults.c", ...wrapped.map((name) => `-Wl,--wrap=${name}`)],
};

export const testPrograms = programs.map(({ path }) => path);

export const libscapTests: Step = {
  name: "libscap-tests",
  inputs: [
    "lib/libscap/{src,include,test}/*.{c,h}",
    "drivers/bpf/{shared,iterators/records}.h",
    "drivers/{capture/abi,kmod/device_abi}.h",
  ],
  key: [
    cc,
    ...flags,
    ...wrapped,
    ...library,
    ...programs.flatMap(({ path, inflater }) => [path, ...inflater.sources]),
  ],
  needs: [schemaStep, ...thirdParty(hostArch())],
  outputs: testPrograms,
  async run() {
    const objects = [
      ...(await compile(cc, [...flags, ...includes], [...library, ...helpers], `${dir}/obj`)),
      ...(await compile(cc, [...flags, ...includes, ...tableFlags], tableSources, `${dir}/obj`)),
    ];
    const run = $({ cwd: root, quiet: true, verbose: false });
    await Promise.all(
      programs.map(({ path, test, inflater }) => {
        const parts = [
          test,
          ...(extras[basename(test)] ?? []),
          ...inflater.sources,
          ...objects,
          ...thirdPartyArchives(hostArch()),
        ];
        return run`${cc} ${[...flags, ...includes]} ${parts} ${[...inflater.libraries]} -o ${path}`;
      }),
    );
  },
};
