/** The C half of the benchmarks, in `build/bench/`. */
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { toolchain } from "../../harness/build/toolchain.ts";
import { hostArch } from "../../harness/setup/host.ts";
import { includes, libscapShared, sharedInflater, warnings } from "../../lib/libscap/build.ts";
import { thirdParty, thirdPartyArchives } from "../../lib/third-party/build.ts";

const program = buildPath("bench", "bench");
/** For decompression alone: libscap.so shows only the functions of scap.h. */
const ownCopies = ["gunzip.c", "error.c"].map((name) => `lib/libscap/src/${name}`);

export function benchProgram(): Step {
  const arch = hostArch();
  const library = libscapShared(arch);
  const inflater = sharedInflater(arch);
  const copies = [...ownCopies, ...inflater.sources];
  const { cc } = toolchain(arch);
  const flags = [...warnings, "-O2", ...includes, `-I${root}/lib/libscap/src`];
  return {
    name: "bench-scap",
    inputs: ["bench/scap/bench.c", "lib/libscap/src/*.c", "lib/libscap/{src,include}/*.h"],
    key: [cc, ...flags],
    needs: [library, ...thirdParty(arch)],
    outputs: [program],
    async run() {
      const run = $({ cwd: root, quiet: true, verbose: false });
      const parts = ["bench/scap/bench.c", ...copies, library.outputs[0]!, ...thirdPartyArchives(arch)];
      const rpath = `-Wl,-rpath,${buildPath(arch)}`;
      await run`${cc} ${flags} -o ${program} ${parts} ${inflater.libraries} ${rpath}`;
    },
  };
}
