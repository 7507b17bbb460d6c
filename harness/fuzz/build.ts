/** Fuzz targets with libFuzzer, and the program of `soak`, all with AddressSanitizer and UndefinedBehaviorSanitizer. */
import { $ } from "zx";
import { schemaStep } from "../../drivers/schema/build.ts";
import {
  includes,
  librarySources,
  tableFlags,
  tableSources,
  warnings,
  zlibInflater,
} from "../../lib/libscap/build.ts";
import { thirdParty, thirdPartyArchives } from "../../lib/third-party/build.ts";
import { compile } from "../build/compile.ts";
import { buildPath, root } from "../build/root.ts";
import type { Step } from "../build/step.ts";
import { hostArch } from "../setup/host.ts";
import { type FuzzTarget, fuzzTargets } from "./targets.ts";

const cc = "clang-14";
const sanitizers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"];
const common = [...warnings, "-Wno-gnu-variable-sized-type-not-at-end", "-O1", ...sanitizers, ...includes];

/** Less the engines, which need a kernel; with the inflater that sanitizers can look into. */
const sources = [
  ...librarySources().filter((path) => !path.includes("/engine_")),
  ...zlibInflater.sources,
  ...["make.c", "fake_engine.c"].map((name) => `lib/libscap/test/${name}`),
];

const run = $({ cwd: root, quiet: true, verbose: false });
const inputs = [
  "lib/libscap/{src,include,test,fuzz}/*.{c,h}",
  "drivers/{capture/abi,kmod/device_abi}.h",
  "drivers/bpf/{shared,iterators/records}.h",
];

/** libscap's objects, once with what libFuzzer measures and once without. */
function objects(name: string, flags: readonly string[]): Step {
  const dir = buildPath("fuzz", name);
  return {
    name: `fuzz-${name}`,
    inputs,
    key: [cc, ...common, ...flags, ...sources],
    needs: [schemaStep, ...thirdParty(hostArch())],
    outputs: [...sources, ...tableSources].map((path) => `${dir}/${path.replace(/.*\/(.*)\.c$/, "$1")}.o`),
    async run() {
      await compile(cc, [...common, ...flags], sources, dir);
      await compile(cc, [...common, ...flags, ...tableFlags], tableSources, dir);
    },
  };
}

const measured = objects("measured", ["-fsanitize=fuzzer-no-link"]);
const plain = objects("plain", []);

export function fuzzProgram(target: FuzzTarget): Step {
  const output = buildPath("fuzz", target.name);
  const library = target.libscap ? [measured] : [];
  const parts = [target.source, ...target.others];
  return {
    name: `fuzz-${target.name}`,
    inputs: [...inputs, "harness/agent/**/*.{c,h}"],
    key: [cc, ...common, ...parts],
    needs: [schemaStep, ...library],
    outputs: [output],
    async run() {
      const linked = target.libscap ? [...measured.outputs, ...thirdPartyArchives(hostArch())] : [];
      await run`${cc} ${common} -fsanitize=fuzzer ${parts} ${linked} -o ${output}`;
    },
  };
}

/** Reads captures that were changed at random, by number. */
export const soakProgram: Step = {
  name: "fuzz-soak",
  inputs,
  key: [cc, ...common],
  needs: [plain],
  outputs: [buildPath("fuzz", "soak")],
  async run() {
    const parts = ["soak", "reader", "mend"].map((name) => `lib/libscap/fuzz/${name}.c`);
    const linked = [...plain.outputs, ...thirdPartyArchives(hostArch())];
    await run`${cc} ${common} ${parts} ${linked} -o ${soakProgram.outputs[0]!}`;
  },
};

export const fuzzPrograms: readonly Step[] = fuzzTargets.map(fuzzProgram);
