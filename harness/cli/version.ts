import { join } from "node:path";
import { root } from "../build/root.ts";

/** The version in package.json. */
export async function version(): Promise<string> {
  return (await Bun.file(join(root, "package.json")).json()).version;
}
