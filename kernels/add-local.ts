/** A kernel of local files gets its entry in `local.yaml`. */
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseDocument } from "yaml";
import { fileHash } from "../harness/build/file-hash.ts";
import { releaseOfBzImage } from "./bzimage.ts";
import { nameOf } from "./catalogue.ts";
import { KernelError } from "./error.ts";
import { type LocalEntry, type LocalKernel, readEntries } from "./local.ts";
import { writeWhole } from "./lock.ts";
import { prepareLocal } from "./prepare-local.ts";

/** Absolute paths. */
export interface LocalFiles {
  readonly image: string;
  readonly config: string;
  readonly modules: string | undefined;
  readonly headers: string | undefined;
  readonly release: string | undefined;
}

/** @throws KernelError, before anything is written */
export async function addLocal(
  id: string,
  files: LocalFiles,
  { file, cache }: { readonly file: string; readonly cache: string },
): Promise<LocalEntry> {
  const { image, config, modules, headers } = files;
  for (const path of [image, config, modules, headers])
    if (path !== undefined && !existsSync(path))
      throw new KernelError("missing-file", `${path} is not there`);
  const { series } = nameOf(id);
  const entry: LocalEntry = {
    release: files.release ?? (await releaseOf(files)),
    image: { path: image, sha256: await fileHash(image) },
    config: { path: config, sha256: await fileHash(config) },
    ...(modules && { modules }),
    ...(headers && { headers }),
  };
  if (!new RegExp(`^${series.replace(".", "\\.")}(?!\\d)`).test(entry.release))
    throw new KernelError("unknown-kernel", `${id}: release ${entry.release} is not of series ${series}`);
  const kernel: LocalKernel = { ...nameOf(id), ...entry, local: true };
  await prepareLocal(kernel, cache);
  writeEntry(file, id, entry);
  return entry;
}

/** The name of the modules' directory, or what an image that is not packed says of itself. */
async function releaseOf({ image, modules }: LocalFiles): Promise<string> {
  if (modules && /^\d+\.\d+/.test(basename(modules))) return basename(modules);
  const bytes = await Bun.file(image).bytes();
  const text = Buffer.from(bytes).toString("latin1");
  const release = releaseOfBzImage(bytes) ?? /Linux version (\d+\.\d+[^\s/]*) \(/.exec(text)?.[1];
  if (release) return release;
  throw new KernelError(
    "unknown-kernel",
    `neither ${image} nor a modules directory tells the release; give --release`,
  );
}

function writeEntry(file: string, id: string, entry: LocalEntry): void {
  // What is there must be right: a malformed file is not to be added to.
  readEntries(file);
  const document = parseDocument(existsSync(file) ? readFileSync(file, "utf8") : header);
  document.set(id, entry);
  writeWhole(file, document.toString({ lineWidth: 0 }));
}

const header = "# Kernels of local files, which `./scapyard kernels add` writes. See README.md.\n";
