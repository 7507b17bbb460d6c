/** `./scapyard kernels`: list, fetch, verify, update. */
import { type Arguments, flag, type OwnCommand, UsageError } from "../harness/cli/command.ts";
import { exitStatus } from "../harness/run/exit-status.ts";
import { NoMatch, select } from "../harness/run/select.ts";
import { didYouMean } from "../harness/yaml/index.ts";
import { type CatalogueKernel, readCatalogue } from "./catalogue.ts";
import { configuredMirror } from "./debian/mirror.ts";
import { ensureKernel, kernelCache } from "./index.ts";
import { readLock } from "./lock.ts";
import { terminalProgress } from "./terminal.ts";
import { updateLock } from "./update.ts";
import { verifyKernel } from "./verify.ts";

export const kernelsCommand: OwnCommand = {
  summary: "list, fetch, verify and lock kernels",
  usage: "list|fetch|verify|update [options] [KERNEL...]",
  details: `list     the kernels of the catalogue, with what the lock says of them
fetch    download, verify and unpack
verify   check the cache against the lock; exit status 1 if something is corrupt
update   lock the newest point release of each series

KERNEL is a name such as x86_64/debian-6.12, or a glob: 'x86_64/*'. Default: all.`,
  options: {
    json: { type: "boolean", help: "print data as JSON" },
    locked: { type: "boolean", help: "fetch: the locked version or an error, never a newer one instead" },
  },
  positionals: [1, 1000],
  run,
};

const actions = { list, fetch, verify, update } satisfies Record<string, Action>;
type Action = (kernels: CatalogueKernel[], options: Options) => Promise<number>;
interface Options {
  readonly json: boolean;
  readonly locked: boolean;
}

/** @throws KernelError if a kernel cannot be had */
async function run(args: Arguments): Promise<number> {
  const [name, ...globs] = args.positionals;
  if (name === undefined || !Object.hasOwn(actions, name))
    throw new UsageError(`unknown command kernels ${name}${didYouMean(String(name), Object.keys(actions))}`);
  const options = { json: flag(args, "json"), locked: flag(args, "locked") };
  return actions[name as keyof typeof actions](choose(globs, readCatalogue()), options);
}

function choose(globs: readonly string[], catalogue: CatalogueKernel[]): CatalogueKernel[] {
  try {
    const ids = catalogue.map(({ id }) => id);
    const chosen = new Set(select("kernel", globs, ids));
    return catalogue.filter(({ id }) => chosen.has(id));
  } catch (error) {
    if (error instanceof NoMatch) throw new UsageError(error.message);
    throw error;
  }
}

async function list(kernels: CatalogueKernel[], { json }: Options): Promise<number> {
  const lock = readLock();
  const rows = kernels.map(({ id, series, suites }) => {
    const locked = lock.kernels[id];
    const size = locked?.files.reduce((sum, file) => sum + (file.role === "modules" ? 0 : file.size), 0);
    return { id, series, suites, release: locked?.release, version: locked?.version, bytes: size };
  });
  if (json) console.log(JSON.stringify(rows, null, 2));
  else
    for (const { id, release, version, bytes } of rows)
      console.log(
        `${id.padEnd(24)} ${(release ?? "not locked").padEnd(24)} ${(version ?? "").padEnd(22)} ${megabytes(bytes)}`,
      );
  return exitStatus.ok;
}

const megabytes = (bytes = 0) => (bytes === 0 ? "" : `${(bytes / 1e6).toFixed(0)} MB`);

async function fetch(kernels: CatalogueKernel[], { json, locked }: Options): Promise<number> {
  using terminal = terminalProgress();
  const rows = [];
  for (const { arch, name, id } of kernels) {
    const kernel = await ensureKernel(arch, name, { locked, progress: terminal.show });
    rows.push({
      id,
      release: kernel.release,
      locked: kernel.lockedVersion,
      actual: kernel.actualVersion,
      image: kernel.image,
    });
    if (!json) terminal.print(`${id} ${kernel.release} ${kernel.image}`);
  }
  if (json) console.log(JSON.stringify(rows, null, 2));
  return exitStatus.ok;
}

async function verify(kernels: CatalogueKernel[], { json }: Options): Promise<number> {
  const lock = readLock();
  const verdicts = [];
  for (const kernel of kernels)
    verdicts.push(await verifyKernel(kernel, lock.kernels[kernel.id], kernelCache));
  if (json) console.log(JSON.stringify(verdicts, null, 2));
  else
    for (const { id, state, actualVersion, detail } of verdicts)
      console.log([id.padEnd(24), state, actualVersion, detail].filter(Boolean).join(" "));
  return verdicts.some(({ state }) => state === "corrupt") ? exitStatus.fail : exitStatus.ok;
}

async function update(kernels: CatalogueKernel[], { json }: Options): Promise<number> {
  using terminal = terminalProgress();
  const changes = await updateLock(kernels, {
    mirror: configuredMirror,
    cache: kernelCache,
    progress: terminal.show,
  });
  if (json) console.log(JSON.stringify(changes, null, 2));
  else
    for (const { id, from, to } of changes)
      terminal.print(from === to ? `${id} ${to} (unchanged)` : `${id} ${from ?? "(new)"} -> ${to}`);
  return exitStatus.ok;
}
