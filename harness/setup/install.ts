/** Bring the system packages up to what is needed. */
import { type Distribution, families } from "./distribution.ts";
import { missingPackages, type Package } from "./packages.ts";

/** Something is missing that only the user can install; the message has the command. */
export class CannotInstall extends Error {}

/** What to type to get these packages on this distribution, or what they are if it is not known. */
export function installAdvice(distribution: Distribution, missing: readonly Package[]): string {
  const { family, name } = distribution;
  const needs = missing.map((needed) => `  ${needed[family ?? "debian"]}: ${needed.why} (${needed.proof})`);
  const names = [...new Set(missing.map((needed) => needed[family ?? "debian"]))].join(" ");
  const how =
    family === undefined
      ? `${name} is not known here; install what Debian calls: ${names}`
      : `run: ${family === "debian" ? "apt-get update && " : ""}${families[family]} ${names}`;
  return `these packages are missing:\n${needs.join("\n")}\n${how}`;
}

/** Words to put before a command that needs root; undefined if there is no way to become root unasked. */
function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  const sudo = Bun.which("sudo");
  return sudo && Bun.spawnSync([sudo, "-n", "true"]).exitCode === 0 ? [sudo] : undefined;
}

async function apt(prefix: readonly string[], words: readonly string[]): Promise<void> {
  const command = [...prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...words];
  const child = Bun.spawn(command, { stdio: ["ignore", "pipe", "pipe"] });
  const output = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  if ((await child.exited) !== 0)
    throw new CannotInstall(`${command.join(" ")} failed:\n${output.join("").trimEnd()}`);
}

/**
 * Install the missing packages. Ones that are there cost one look each.
 * @throws CannotInstall with the command to run, if this is not Debian or Ubuntu, or there is no root.
 */
export async function installPackages(
  packages: readonly Package[],
  distribution: Distribution,
  say: (line: string) => void,
): Promise<Package[]> {
  const missing = missingPackages(packages);
  if (missing.length === 0) return [];
  const prefix = rootPrefix();
  if (distribution.family !== "debian" || !prefix)
    throw new CannotInstall(installAdvice(distribution, missing));
  for (const { debian, why } of missing) say(`installing ${debian}: ${why}`);
  await apt(prefix, ["update", "-qq"]);
  const names = missing.map(({ debian }) => debian);
  await apt(prefix, ["install", "-qq", "-y", "--no-install-recommends", ...names]);
  const still = missingPackages(missing);
  if (still.length > 0) throw new CannotInstall(`after apt-get, ${installAdvice(distribution, still)}`);
  return missing;
}
