import { type Arguments, flag, type OwnCommand } from "../../harness/cli/command.ts";
import { exitStatus } from "../../harness/run/exit-status.ts";
import { catalogueFile, readCatalogue } from "../catalogue.ts";
import { configuredMirror } from "../debian/mirror.ts";
import { kernelCache } from "../index.ts";
import { lockFile } from "../lock.ts";
import { megabytes } from "../progress-text.ts";
import { terminalProgress } from "../terminal.ts";
import { textDiff } from "../text-diff.ts";
import { type LockChange, proposeUpdate } from "../update.ts";
import { choose } from "./choose.ts";

export const updateCommand: OwnCommand = {
  summary: "propose or write a lock of what the archive has now",
  usage: "[options] [KERNEL...]",
  details: `Looks for newer packages of each kernel's series and, without KERNEL, for series that are newer than all that the
catalogue has of an architecture and flavour. Prints what would change, as a diff; --write changes lock.yaml and catalogue.yaml, after
it has fetched what is new and read its configuration. Nothing is ever replaced by something older.
KERNEL is a name of the catalogue such as x86_64/debian-6.12, or a glob: 'x86_64/*'.`,
  options: {
    write: { type: "boolean", help: "write the change" },
    json: { type: "boolean", help: "print the changes as JSON" },
  },
  positionals: [0, 1000],
  run: update,
};

async function update(args: Arguments): Promise<number> {
  using terminal = terminalProgress();
  const some = args.positionals.length > 0;
  const chosen = some ? new Set(choose(args, readCatalogue()).map(({ id }) => id)) : undefined;
  const context = {
    catalogueFile,
    lockFile,
    cache: kernelCache,
    mirror: configuredMirror,
    progress: terminal.show,
  };
  const proposal = await proposeUpdate(chosen, context);
  if (flag(args, "json")) terminal.print(JSON.stringify(proposal.changes, null, 2));
  else for (const line of await describe(proposal)) terminal.print(line);
  if (flag(args, "write")) await proposal.write();
  return exitStatus.ok;
}

async function describe({
  changes,
  catalogue,
  lock,
}: Awaited<ReturnType<typeof proposeUpdate>>): Promise<string[]> {
  if (changes.length === 0) return ["the lock has the newest of all that was looked at"];
  return [await textDiff(catalogue), await textDiff(lock), ...changes.map(changeLine)].filter(Boolean);
}

function changeLine({ id, from, to, newSeries, bytes }: LockChange): string {
  const what = newSeries ? "new series" : (from ?? "not locked");
  return `${id}: ${what} -> ${to} (${megabytes(bytes)})`;
}
