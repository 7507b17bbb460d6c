import { type Arguments, flag, type OwnCommand, strings } from "../../harness/cli/command.ts";
import { exitStatus } from "../../harness/run/exit-status.ts";
import { kernelCache, kernelEntries } from "../index.ts";
import { readLock } from "../lock.ts";
import { megabytes } from "../progress-text.ts";
import { findRubbish, removeRubbish } from "../prune.ts";
import { choose, profileOption } from "./choose.ts";

export const pruneCommand: OwnCommand = {
  summary: "remove what the cache does not need",
  usage: "[options]",
  details: `Removes unpacked kernels and packages that neither the catalogue's lock nor local.yaml names, and what interrupted
transfers left. With --profile, also everything that no such profile needs. What was removed can be fetched again.`,
  options: {
    profile: { ...profileOption, help: "keep only kernels of matrix/NAME.yaml, or of a file (repeatable)" },
    packages: { type: "boolean", help: "also remove packages that are unpacked" },
    "dry-run": { type: "boolean", short: "n", help: "only print what would be removed" },
    json: { type: "boolean", help: "print data as JSON" },
  },
  positionals: [0, 0],
  run: prune,
};

async function prune(args: Arguments): Promise<number> {
  const rubbish = await findRubbish(kernelCache, {
    kernels: choose(args, kernelEntries()),
    lock: readLock(),
    packages: !flag(args, "packages"),
    others: strings(args, "profile").length > 0 ? "not in the profile" : "not in the catalogue",
  });
  const bytes = rubbish.reduce((sum, item) => sum + item.bytes, 0);
  if (flag(args, "json")) console.log(JSON.stringify({ bytes, rubbish }, null, 2));
  else {
    for (const item of rubbish)
      console.log(`${megabytes(item.bytes).padStart(9)}  ${item.path}  (${item.reason})`);
    console.log(`${megabytes(bytes)} in all${flag(args, "dry-run") ? "; nothing was removed" : ", removed"}`);
  }
  if (!flag(args, "dry-run")) removeRubbish(rubbish);
  return exitStatus.ok;
}
