import { type Arguments, flag, type OwnCommand } from "../../harness/cli/command.ts";
import { exitStatus } from "../../harness/run/exit-status.ts";
import { ensureKernel, kernelCache, kernelEntries } from "../index.ts";
import { megabytes } from "../progress-text.ts";
import { dropPackages } from "../prune.ts";
import { terminalProgress } from "../terminal.ts";
import { choose, kernelHelp, profileOption } from "./choose.ts";

export const fetchCommand: OwnCommand = {
  summary: "download, verify and unpack kernels",
  usage: "[options] [KERNEL...]",
  details: `What is there already is not fetched again; a transfer that broke off is continued where it ended.
If the mirror no longer has the locked packages, the newest of the same series are taken, and results say so.
${kernelHelp}`,
  options: {
    profile: profileOption,
    locked: { type: "boolean", help: "the locked version or an error, never a newer one instead" },
    "drop-packages": { type: "boolean", help: "remove packages from the cache once they are unpacked" },
    json: { type: "boolean", help: "print data as JSON" },
  },
  positionals: [0, 1000],
  run: fetch,
};

/** @throws KernelError if a kernel cannot be had */
async function fetch(args: Arguments): Promise<number> {
  using terminal = terminalProgress();
  const json = flag(args, "json");
  const chosen = choose(args, kernelEntries());
  const rows = [];
  for (const [index, { arch, name, id }] of chosen.entries()) {
    terminal.heading(`${index + 1}/${chosen.length} ${id}`);
    const kernel = await ensureKernel(arch, name, { locked: flag(args, "locked"), progress: terminal.show });
    const { release, lockedVersion: locked, actualVersion: actual, image } = kernel;
    rows.push({ id, release, locked, actual, image });
    if (!json) terminal.print(`${id} ${release} ${image}`);
  }
  if (json) terminal.print(JSON.stringify(rows, null, 2));
  if (flag(args, "drop-packages")) {
    const freed = dropPackages(kernelCache, chosen);
    terminal.show({ kind: "note", text: `packages that are unpacked: ${megabytes(freed)} freed` });
  }
  return exitStatus.ok;
}
