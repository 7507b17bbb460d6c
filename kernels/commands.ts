/** `./scapyard kernels`: list, fetch, verify, update. */
import { parseArgs } from "node:util";
import { didYouMean } from "../harness/yaml/index.ts";
import { type CatalogueKernel, readCatalogue } from "./catalogue.ts";
import { configuredMirror } from "./debian/mirror.ts";
import { KernelError } from "./error.ts";
import { ensureKernel, kernelCache } from "./index.ts";
import { readLock } from "./lock.ts";
import { terminalProgress } from "./terminal.ts";
import { updateLock } from "./update.ts";
import { verifyKernel } from "./verify.ts";

export const kernelsHelp = `usage: scapyard kernels <command> [options] [KERNEL...]

KERNEL is a name such as x86_64/debian-6.12, or a glob: 'x86_64/*'. Default: all.

commands
  list     the kernels of the catalogue, with what the lock says and what the cache has
  fetch    download, verify and unpack
  verify   check the cache against the lock; exit status 1 if something is corrupt
  update   lock the newest point release of each series

options
  --json     print data as JSON
  --locked   fetch: the locked version or an error, never a newer one instead
  -h, --help
`;

const commands = { list, fetch, verify: verify, update } satisfies Record<string, Command>;
type Command = (kernels: CatalogueKernel[], options: Options) => Promise<number>;
interface Options {
  readonly json: boolean;
  readonly locked: boolean;
}

/** @returns the exit status: 0, 1 (corrupt cache), 2 (usage), 3 (a kernel cannot be had). */
export async function kernelsCommand(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        locked: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
    const [name, ...patterns] = positionals;
    if (values.help || !name) {
      process.stdout.write(kernelsHelp);
      return values.help ? 0 : 2;
    }
    if (!Object.hasOwn(commands, name))
      return usage(`unknown command kernels ${name}${didYouMean(name, Object.keys(commands))}`);
    const kernels = select(patterns, readCatalogue());
    const options = { json: values.json ?? false, locked: values.locked ?? false };
    return await commands[name as keyof typeof commands](kernels, options);
  } catch (error) {
    if (error instanceof TypeError && "code" in error) return usage(error.message);
    if (!(error instanceof KernelError)) throw error;
    process.stderr.write(`scapyard kernels: ${error.message}\n`);
    return error.code === "unknown-kernel" ? 2 : 3;
  }
}

function usage(message: string): number {
  process.stderr.write(`scapyard kernels: ${message}\n`);
  return 2;
}

/** @throws KernelError `unknown-kernel` for a pattern that matches nothing. */
export function select(patterns: readonly string[], catalogue: CatalogueKernel[]): CatalogueKernel[] {
  if (patterns.length === 0) return catalogue;
  const ids = catalogue.map(({ id }) => id);
  const wanted = new Set<string>();
  for (const pattern of patterns) {
    const glob = new Bun.Glob(pattern);
    const matches = ids.filter((id) => glob.match(id));
    if (matches.length === 0)
      throw new KernelError("unknown-kernel", `no kernel matches ${pattern}${didYouMean(pattern, ids)}`);
    for (const id of matches) wanted.add(id);
  }
  return catalogue.filter(({ id }) => wanted.has(id));
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
  return 0;
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
  return 0;
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
  return verdicts.some(({ state }) => state === "corrupt") ? 1 : 0;
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
  return 0;
}
