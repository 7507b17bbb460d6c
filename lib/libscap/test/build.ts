/** The C tests, one program per `test_*.c`, with AddressSanitizer and UndefinedBehaviorSanitizer. */
import { basename } from "node:path";
import { $ } from "zx";
import { schemaStep } from "../../../drivers/schema/build.ts";
import { compile } from "../../../harness/build/compile.ts";
import { buildPath, root } from "../../../harness/build/root.ts";
import type { Step } from "../../../harness/build/step.ts";
import { thirdParty, thirdPartyArchives } from "../../third-party/build.ts";
import { includes, librarySources, tableFlags, tableSources, warnings } from "../build.ts";

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

const programOf = (test: string) => `${dir}/${basename(test, ".c")}`;

export const testPrograms = tests.map(programOf);

export const libscapTests: Step = {
  name: "libscap-tests",
  inputs: [
    "lib/libscap/{src,include,test}/*.{c,h}",
    "drivers/bpf/shared.h",
    "drivers/{capture/abi,kmod/device_abi}.h",
  ],
  key: [cc, ...flags, ...library, ...tests],
  needs: [schemaStep, ...thirdParty("x86_64")],
  outputs: testPrograms,
  async run() {
    const objects = [
      ...(await compile(cc, [...flags, ...includes], [...library, ...helpers], `${dir}/obj`)),
      ...(await compile(cc, [...flags, ...includes, ...tableFlags], tableSources, `${dir}/obj`)),
    ];
    const run = $({ cwd: root, quiet: true, verbose: false });
    await Promise.all(
      tests.map(
        (test) =>
          run`${cc} ${[...flags, ...includes]} ${test} ${objects} ${thirdPartyArchives("x86_64")} -o ${programOf(test)}`,
      ),
    );
  },
};
