/** Which distribution this is, as far as package names go. */
import { existsSync, readFileSync } from "node:fs";

export const families = {
  debian: "apt-get install -y",
  fedora: "dnf install",
  arch: "pacman -S",
  alpine: "apk add",
  opensuse: "zypper install",
} as const;
export type Family = keyof typeof families;

export interface Distribution {
  /** As it calls itself: "Debian GNU/Linux 12 (bookworm)". */
  readonly name: string;
  readonly family: Family | undefined;
}

const ids: Readonly<Record<string, Family>> = {
  debian: "debian",
  ubuntu: "debian",
  fedora: "fedora",
  rhel: "fedora",
  centos: "fedora",
  arch: "arch",
  alpine: "alpine",
  suse: "opensuse",
  opensuse: "opensuse",
};

/** Read the text of an os-release file: `ID` first, then the distributions that it is like. */
export function parseDistribution(osRelease: string): Distribution {
  const value = (key: string) => new RegExp(`^${key}="?([^"\n]*)"?$`, "m").exec(osRelease)?.[1] ?? "";
  const candidates = [value("ID"), ...value("ID_LIKE").split(" ")];
  const known = candidates.map((id) => ids[id] ?? ids[id.split("-")[0]!]).find((family) => family);
  return { name: value("PRETTY_NAME") || value("ID") || "this system", family: known };
}

export function thisDistribution(): Distribution {
  const file = ["/etc/os-release", "/usr/lib/os-release"].find((path) => existsSync(path));
  return parseDistribution(file ? readFileSync(file, "utf8") : "");
}
