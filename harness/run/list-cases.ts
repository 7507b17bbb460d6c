/** The cases of the project, without running any. */
import { join } from "node:path";
import { root } from "../build/root.ts";
import { collectCases, type SyscallCase } from "./case.ts";

export interface ListedCase {
  readonly id: string;
  readonly syscall: string;
  /** Relative to the checkout. */
  readonly file: string;
}

export type LoadedCase = SyscallCase & { readonly file: string };

let loaded: Promise<LoadedCase[]> | null = null;

/** Every case with what it runs. A module is evaluated once, so the answer is kept. @throws if two cases have one id. */
export function loadCases(): Promise<LoadedCase[]> {
  loaded ??= importCases();
  return loaded;
}

async function importCases(): Promise<LoadedCase[]> {
  const found: LoadedCase[] = [];
  const files = [...new Bun.Glob("drivers/cases/*.test.ts").scanSync(root)].sort();
  for (const file of files) {
    collectCases((item) => found.push({ ...item, file }));
    await import(join(root, file));
  }
  collectCases(null);
  const ids = found.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice) throw new Error(`two cases are called ${twice}`);
  return found;
}

export async function listCases(): Promise<ListedCase[]> {
  return (await loadCases()).map(({ id, syscall, file }) => ({ id, syscall, file }));
}
