import { join } from "node:path";

/** The script of the page, as one text. @throws if it does not build */
export async function buildScript(): Promise<string> {
  const { outputs } = await Bun.build({
    entrypoints: [join(import.meta.dir, "browser/main.ts")],
    target: "browser",
    format: "esm",
    minify: true,
  });
  const text = await outputs[0]!.text();
  if (/<\/script|<!--/i.test(text)) throw new Error("the script of the page has text that would end it");
  return text;
}

/** What the page's policy allows: this script, and no other. */
export function scriptHash(text: string): string {
  return `'sha256-${new Bun.CryptoHasher("sha256").update(text).digest("base64")}'`;
}
