import { type Arguments, flag, type OwnCommand } from "../../harness/cli/command.ts";
import { table } from "../../harness/cli/table.ts";
import { exitStatus } from "../../harness/run/exit-status.ts";
import type { KernelFacts } from "../facts.ts";
import { isLocal, type KernelEntry, kernelCache, kernelEntries, listKernels } from "../index.ts";
import { type PackageSet, readLock } from "../lock.ts";
import { megabytes } from "../progress-text.ts";
import { kernelDirectory, lockHash, readRecord } from "../store.ts";
import { choose, kernelHelp, profileOption } from "./choose.ts";

export const listCommand: OwnCommand = {
  summary: "print the kernels that there are",
  usage: "[options] [KERNEL...]",
  details: `Which packages a kernel is, how much there is to download, whether that has been done, and what its configuration lacks
or has unlike the others: no BTF, no JIT, no COMPAT (32-bit programs), no headers (no module can be built), larger pages.
${kernelHelp}`,
  options: { profile: profileOption, json: { type: "boolean", help: "print data as JSON" } },
  positionals: [0, 1000],
  run: list,
};

interface Row {
  readonly id: string;
  readonly series: string;
  readonly release: string;
  readonly version: string;
  /** Bytes to download; 0 for local files. */
  readonly bytes: number;
  readonly state: "fetched" | "not-fetched" | "local";
  readonly facts: KernelFacts;
}

async function list(args: Arguments): Promise<number> {
  const rows = rowsOf(choose(args, kernelEntries()));
  if (flag(args, "json")) console.log(JSON.stringify(rows, null, 2));
  else console.log(format(rows));
  return exitStatus.ok;
}

function rowsOf(entries: readonly KernelEntry[]): Row[] {
  const lock = readLock().kernels;
  const facts = new Map(listKernels().map((kernel) => [kernel.id, kernel.facts]));
  return entries.map((entry) => {
    const { id, series } = entry;
    const common = { id, series, facts: facts.get(id)! };
    if (isLocal(entry))
      return { ...common, release: entry.release, version: "local", bytes: 0, state: "local" as const };
    const locked = lock[id]!;
    const fetched = readRecord(kernelDirectory(kernelCache, entry))?.lockHash === lockHash(locked);
    const state = fetched ? ("fetched" as const) : ("not-fetched" as const);
    return {
      ...common,
      release: locked.release,
      version: locked.version,
      bytes: downloadSize(locked),
      state,
    };
  });
}

/** Modules in a package of their own are fetched only when a guest needs one. */
const downloadSize = (kernel: PackageSet) =>
  kernel.files.reduce((sum, { role, size }) => sum + (role === "modules" ? 0 : size), 0);

function format(rows: readonly Row[]): string {
  const cells = rows.map(({ id, release, version, bytes, state, facts }) => [
    id,
    release,
    version,
    bytes === 0 ? "" : megabytes(bytes),
    state,
    peculiarities(facts),
  ]);
  const total = rows.reduce((sum, { bytes }) => sum + bytes, 0);
  return table(
    ["kernel", "release", "version", "download", "state", "peculiarities"],
    [...cells, [`${rows.length} kernels`, "", "", megabytes(total), "", ""]],
    [0, 1, 2, 4, 5],
  );
}

/** What matrices ask for and this kernel does not have. */
function peculiarities({ btf, jit, compat, headers, pageSize }: KernelFacts): string {
  const lacking = Object.entries({ BTF: btf, JIT: jit, COMPAT: compat, headers }).filter(([, has]) => !has);
  const pages = pageSize === 4096 ? [] : [`${pageSize / 1024}k pages`];
  return [...lacking.map(([name]) => `no ${name}`), ...pages].join(", ");
}
