/** The guest's first file system: agent, modules, and whatever else a target brings. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { buildPath } from "../build/root.ts";
import { type CpioEntry, cpio } from "./cpio.ts";

export interface InitramfsContent {
  /** Path of a static executable, which becomes `/init`. */
  readonly init: string;
  /** Paths of .ko files in the order of loading: `/modules/00-virtio.ko`, `/modules/01-…`. */
  readonly modules?: readonly string[];
  /** Path in the guest, without a slash at the beginning → path here. Executables stay executable. */
  readonly files?: Readonly<Record<string, string>>;
}

const mountPoints = ["dev", "proc", "sys", "tmp"];

/** @returns the path of the archive, named after its content: the same content is made once. */
export function makeInitramfs(content: InitramfsContent): string {
  const bytes = cpio(entriesOf(content));
  const hash = new Bun.CryptoHasher("sha256").update(bytes).digest("hex");
  const file = buildPath("initramfs", `${hash}.cpio`);
  if (existsSync(file)) return file;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.${process.pid}`, bytes);
  renameSync(`${file}.${process.pid}`, file);
  return file;
}

export function entriesOf({ init, modules = [], files = {} }: InitramfsContent): CpioEntry[] {
  const sources: [string, string, number][] = [
    ["init", init, 0o100755],
    ...modules.map((file, index): [string, string, number] => [moduleName(file, index), file, 0o100644]),
    ...Object.entries(files).map(([path, file]): [string, string, number] => [path, file, 0o100755]),
  ];
  const directories = new Set([...mountPoints, "modules", ...sources.flatMap(([path]) => parents(path))]);
  return [
    ...[...directories].sort().map((path) => ({ path, mode: 0o040755 })),
    ...sources.map(([path, file, mode]) => ({ path, mode, data: readFileSync(file) })),
  ];
}

const moduleName = (file: string, index: number) =>
  join("modules", `${String(index).padStart(2, "0")}-${basename(file)}`);

function parents(path: string): string[] {
  const parent = dirname(path);
  return parent === "." ? [] : [...parents(parent), parent];
}
