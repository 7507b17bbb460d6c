/** Where the Debian archive is, as the machine's apt configuration has it. */
import { existsSync } from "node:fs";
import { $ } from "zx";
import { KernelError } from "../error.ts";

export interface Mirror {
  /** Root URL, without a slash at the end, of the suites whose name has no `-security`. */
  readonly main: string;
  readonly security: string;
  /** File of keys that may sign a Release file. */
  readonly keyring: string;
  /** Whether a Release file past its Valid-Until is refused. */
  readonly checkValidUntil: boolean;
}

const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * The mirror of the first configured Debian source; the variable SCAPYARD_DEBIAN_MIRROR replaces it, on machines whose
 * apt knows another distribution only.
 */
export async function configuredMirror(): Promise<Mirror> {
  known ??= await askApt();
  return known;
}

/** Each package asks, and apt takes a second to answer. */
let known: Mirror | undefined;

async function askApt(): Promise<Mirror> {
  if (!existsSync(keyring))
    throw new KernelError("signature", `${keyring} is missing: install debian-archive-keyring`);
  const checkValidUntil = !/false|no|0/.test(await aptSetting("Acquire::Check-Valid-Until"));
  const given = process.env.SCAPYARD_DEBIAN_MIRROR;
  const sites = given ? { main: given } : parseSites(await indexTargets());
  const main = sites.main?.replace(/\/+$/, "");
  if (!main)
    throw new KernelError(
      "no-mirror",
      "apt has no Debian source; set SCAPYARD_DEBIAN_MIRROR to the URL of a Debian mirror",
    );
  const security = sites.security?.replace(/\/+$/, "") ?? `${main}-security`;
  return { main, security, keyring, checkValidUntil };
}

const debianSuite =
  /^(bullseye|bookworm|trixie|forky|sid|oldoldstable|oldstable|stable|testing|unstable)(-.*)?$/;

/** From lines `SITE SUITE COMPONENT`. */
export function parseSites(text: string): { main?: string; security?: string } {
  const sites: { main?: string; security?: string } = {};
  for (const line of text.split("\n")) {
    const [site, suite, component] = line.split(" ");
    if (!site || !suite || component !== "main" || !debianSuite.test(suite)) continue;
    if (/[-/]security$/.test(suite)) sites.security ??= site;
    else sites.main ??= site;
  }
  return sites;
}

async function indexTargets(): Promise<string> {
  const format = "$(SITE) $(RELEASE) $(COMPONENT)";
  const result = await $({
    nothrow: true,
    quiet: true,
  })`apt-get indextargets --format ${format} ${"Created-By: Packages"}`;
  if (result.exitCode === 127)
    throw new KernelError("no-mirror", "apt-get is missing: kernels come through apt");
  return result.stdout;
}

async function aptSetting(name: string): Promise<string> {
  return (await $({ nothrow: true, quiet: true })`apt-config shell VALUE ${name}`).stdout;
}
