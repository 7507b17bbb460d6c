import { $ } from "zx";
import { buildPath, root } from "../build/root.ts";
import type { Step } from "../build/step.ts";
import { toolchain } from "../build/toolchain.ts";
import type { Arch } from "../run/target.ts";

const run = $({ cwd: root, quiet: true, verbose: false });
const version = "0.18.0";

/** vmtest itself, from crates.io. */
export function vmtestBinary(): Step {
  const directory = buildPath("vmtest");
  return {
    name: "vmtest",
    inputs: [],
    key: [version],
    outputs: [`${directory}/bin/vmtest`],
    async run() {
      await run`cargo install vmtest --locked --quiet --version ${version} --root ${directory}`;
    },
  };
}

/** First process of its guests. */
export function vmtestInit(arch: Arch): Step {
  const { cc } = toolchain(arch);
  const source = "harness/vmtest/init.c";
  const output = buildPath(arch, "vmtest-init");
  return {
    name: `vmtest-init-${arch}`,
    inputs: [source],
    key: [cc],
    outputs: [output],
    async run() {
      await run`${cc} -std=gnu11 -O2 -Wall -Wextra -Werror -static -o ${output} ${source}`;
    },
  };
}
