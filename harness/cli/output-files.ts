/** Where results and report are, unless the command line says otherwise. */
import { join } from "node:path";
import { root } from "../build/root.ts";

export const defaultResults = join(root, "reports/out/results.jsonl");
export const defaultReport = join(root, "reports/out/index.html");
