import { type Arguments, flag, type OwnCommand } from "../../harness/cli/command.ts";
import { table } from "../../harness/cli/table.ts";
import { exitStatus } from "../../harness/run/exit-status.ts";
import { isLocal, kernelCache, kernelEntries } from "../index.ts";
import { readLock } from "../lock.ts";
import { verifyKernel, verifyLocal } from "../verify.ts";
import { choose, kernelHelp, profileOption } from "./choose.ts";

export const verifyCommand: OwnCommand = {
  summary: "check the cache against the lock",
  usage: "[options] [KERNEL...]",
  details: `Exit status 1 if a file is not what it was when it was unpacked, a package is not the locked one, or a local file changed.
${kernelHelp}`,
  options: { profile: profileOption, json: { type: "boolean", help: "print data as JSON" } },
  positionals: [0, 1000],
  run: verify,
};

async function verify(args: Arguments): Promise<number> {
  const lock = readLock().kernels;
  const verdicts = [];
  for (const kernel of choose(args, kernelEntries()))
    verdicts.push(
      isLocal(kernel)
        ? await verifyLocal(kernel, kernelCache)
        : await verifyKernel(kernel, lock[kernel.id], kernelCache),
    );
  const rows = verdicts.map(({ id, state, actualVersion, detail }) => [
    id,
    state,
    actualVersion ?? "",
    detail ?? "",
  ]);
  if (flag(args, "json")) console.log(JSON.stringify(verdicts, null, 2));
  else console.log(table(["kernel", "state", "version", ""], rows, [0, 1, 2, 3]));
  return verdicts.some(({ state }) => state === "corrupt") ? exitStatus.fail : exitStatus.ok;
}
