/** A suite's Release file: fetched, its signature checked, and only then read. */
import { readFileSync, rmSync } from "node:fs";
import { $ } from "zx";
import { KernelError } from "../error.ts";
import { download } from "./download.ts";
import type { Mirror } from "./mirror.ts";

export interface Release {
  /** Its codename: `trixie-backports`. */
  readonly suite: string;
  /** What the archive also calls it, for the time being: `stable-backports`. */
  readonly alias: string | undefined;
  /** When it was made, as the file says it. */
  readonly date: string | undefined;
  /** sha256 and size by path below the suite's directory. */
  readonly files: ReadonlyMap<string, { sha256: string; size: number }>;
  readonly byHash: boolean;
}

export const suiteUrl = (mirror: Mirror, suite: string) =>
  `${suite.endsWith("-security") ? mirror.security : mirror.main}/dists/${suite}`;

/**
 * @param suite codename that the file must have
 * @param name what its directory on the mirror is called: the codename, or the suite's alias
 * @param file where the signed file goes; one that is refused is not kept
 */
export async function fetchRelease(
  mirror: Mirror,
  suite: string,
  name: string,
  file: string,
): Promise<Release> {
  const url = `${suiteUrl(mirror, name)}/InRelease`;
  rmSync(file, { force: true });
  await download({ url, file });
  try {
    const text = await verifiedText(file, mirror.keyring, url);
    const release = parseRelease(text, suite);
    if (mirror.checkValidUntil) refuseExpired(text, url);
    return release;
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  }
}

/** The signed part of a clear-signed file. @throws KernelError `signature` unless a key of the keyring signed it. */
export async function verifiedText(signed: string, keyring: string, name: string): Promise<string> {
  const output = `${signed}.verified`;
  rmSync(output, { force: true });
  const result = await $({
    nothrow: true,
    quiet: true,
  })`gpgv --status-fd 1 --keyring ${keyring} --output ${output} ${signed}`;
  const verdicts: string[] = result.stdout.match(/(?<=^\[GNUPG:\] )\w+/gm) ?? [];
  const good = verdicts.includes("GOODSIG") && verdicts.includes("VALIDSIG");
  // Signatures by further keys that the keyring does not have do no harm; a bad or expired one does.
  const bad = verdicts.find((verdict) =>
    /^(BADSIG|EXPSIG|EXPKEYSIG|REVKEYSIG|NODATA|UNEXPECTED)$/.test(verdict),
  );
  if (!good || bad) {
    const reason = bad ?? (verdicts.includes("NO_PUBKEY") ? "signed by an unknown key" : "no signature");
    throw new KernelError("signature", `${name} is refused: bad signature (${reason}) against ${keyring}`);
  }
  const text = readFileSync(output, "utf8");
  rmSync(output);
  return text;
}

/** @throws KernelError `signature` if the file is of another suite: a mirror must not pass one off as another. */
export function parseRelease(text: string, suite: string): Release {
  const codename = /^Codename: (.*)$/m.exec(text)?.[1];
  if (codename !== suite)
    throw new KernelError("signature", `the Release file of ${suite} says that it is of ${codename}`);
  const files = new Map<string, { sha256: string; size: number }>();
  const section = /^SHA256:\n((?: .*\n?)*)/m.exec(text)?.[1] ?? "";
  for (const [, sha256, size, path] of section.matchAll(/^ ([0-9a-f]{64}) +(\d+) +(.+)$/gm))
    files.set(path!, { sha256: sha256!, size: Number(size) });
  const field = (key: string) => new RegExp(`^${key}: (.*)$`, "m").exec(text)?.[1];
  return {
    suite,
    alias: field("Suite"),
    date: field("Date"),
    files,
    byHash: field("Acquire-By-Hash") === "yes",
  };
}

function refuseExpired(text: string, name: string): void {
  const until = /^Valid-Until: (.*)$/m.exec(text)?.[1];
  if (until && Date.parse(until) < Date.now())
    throw new KernelError("signature", `${name} is refused: valid until ${until} only`);
}
