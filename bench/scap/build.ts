/** The C half of the benchmarks, in `build/bench/`. */
import { $ } from "zx";
import { buildPath, root } from "../../harness/build/root.ts";
import type { Step } from "../../harness/build/step.ts";
import { toolchain } from "../../harness/build/toolchain.ts";
import { hostArch } from "../../harness/setup/host.ts";
import { includes, libscapStatic, warnings } from "../../lib/libscap/build.ts";
import { thirdParty, thirdPartyArchives } from "../../lib/third-party/build.ts";

const program = buildPath("bench", "bench");
/** For decompression alone; in libscap.a only the functions of scap.h can be seen. */
const ownCopies = ["gunzip.c", "error.c"].map((name) => `lib/libscap/src/${name}`);

export function benchProgram(): Step {
  const arch = hostArch();
  const library = libscapStatic(arch);
  const { cc } = toolchain(arch);
  const flags = [...warnings, "-O2", ...includes, `-I${root}/lib/libscap/src`];
  return {
    name: "bench-scap",
    inputs: ["bench/scap/bench.c", "lib/libscap/{src,include}/*.h", ...ownCopies],
    key: [cc, ...flags],
    needs: [library, ...thirdParty(arch)],
    outputs: [program],
    async run() {
      const run = $({ cwd: root, quiet: true, verbose: false });
      const parts = ["bench/scap/bench.c", ...ownCopies, ...library.outputs, ...thirdPartyArchives(arch)];
      await run`${cc} ${flags} -o ${program} ${parts}`;
    },
  };
}
