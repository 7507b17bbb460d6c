/** The agent's static binary, and its sanitized twin for tests on this machine. */
import { mkdirSync } from "node:fs";
import { $ } from "zx";
import { includes, libscapStatic, warnings } from "../../lib/libscap/build.ts";
import { thirdParty, thirdPartyArchives } from "../../lib/third-party/build.ts";
import { buildPath, root } from "../build/root.ts";
import type { Step } from "../build/step.ts";
import { toolchain } from "../build/toolchain.ts";
import type { Arch } from "../run/target.ts";

const run = $({ cwd: root, quiet: true, verbose: false });
const dir = "harness/agent";
const inputs = [`${dir}/**/*.{c,h,S}`, "lib/libscap/include/scap.h"];

const helperFlags = ["-std=c11", "-Os", "-nostdlib", "-static", "-ffreestanding", "-fno-stack-protector"];
const helperLink = ["-s", "-Wl,--build-id=none", "-Wl,-z,noseparate-code"];

/** The program that cases execute; it travels inside of the agent. */
function helperBinary(arch: Arch): Step {
  const { cc } = toolchain(arch);
  const output = buildPath(arch, "exec-me");
  const sources = [`${dir}/helper/exec_me.c`, `${dir}/arch/${arch}.S`, `${dir}/arch/${arch}_start.S`];
  return {
    name: `exec-me-${arch}`,
    inputs: [...sources, `${dir}/arch.h`],
    key: [cc, ...helperFlags, ...helperLink],
    outputs: [output],
    run: async () => {
      await run`${cc} ${helperFlags} ${helperLink} ${sources} -o ${output}`;
    },
  };
}

interface Variant {
  readonly name: string;
  readonly flags: readonly string[];
}

function agent(arch: Arch, variant: Variant): Step {
  const { cc } = toolchain(arch);
  const output = buildPath(arch, variant.name);
  const helper = helperBinary(arch);
  const libscap = libscapStatic(arch);
  const flags = [...warnings, "-fno-stack-protector", "-no-pie", ...variant.flags, ...includes];
  return {
    name: `${variant.name}-${arch}`,
    inputs,
    key: [cc, ...flags],
    needs: [helper, libscap, ...thirdParty(arch)],
    outputs: [output],
    async run() {
      mkdirSync(buildPath(arch), { recursive: true });
      const sources = [...new Bun.Glob(`${dir}/*.c`).scanSync({ cwd: root })].sort();
      const assembly = [`${dir}/arch/${arch}.S`, `${dir}/helper/blob.S`];
      const blob = `-DEXEC_ME="${helper.outputs[0]}"`;
      const archives = [...libscap.outputs, ...thirdPartyArchives(arch)];
      await run`${cc} ${flags} ${blob} ${sources} ${assembly} ${archives} -o ${output}`;
    },
  };
}

/** `build/<arch>/agent` */
export function agentBinary(arch: Arch): Step {
  return agent(arch, { name: "agent", flags: ["-O2", "-static"] });
}

/** Finds memory errors and undefined behaviour in what parses requests and programs. Runs on this machine. */
export function sanitizedAgent(arch: Arch): Step {
  const sanitize = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
  return agent(arch, { name: "agent-sanitized", flags: ["-O1", ...sanitize] });
}
