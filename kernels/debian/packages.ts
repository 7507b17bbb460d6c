/** The part of a Packages index that matters here. */

export interface PackageEntry {
  readonly name: string;
  readonly version: string;
  /** Names only; of alternatives the first. */
  readonly depends: readonly string[];
  /** Pool path, relative to the mirror's root. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes of the .deb. */
  readonly size: number;
}

/** Entries whose name passes `wanted`, in the order of the file. @throws if one of them lacks a field. */
export function parsePackages(text: string, wanted: (name: string) => boolean): PackageEntry[] {
  const entries: PackageEntry[] = [];
  for (const stanza of text.split("\n\n")) {
    const name = /^Package: (.*)$/m.exec(stanza)?.[1];
    if (name && wanted(name)) entries.push(parseStanza(name, stanza));
  }
  return entries;
}

function parseStanza(name: string, stanza: string): PackageEntry {
  const fields = new Map<string, string>();
  for (const line of stanza.split("\n")) {
    const match = /^([A-Za-z0-9-]+): ?(.*)$/.exec(line);
    if (match) fields.set(match[1]!, match[2]!);
  }
  const field = (key: string, form: RegExp) => {
    const value = fields.get(key);
    if (value === undefined || !form.test(value))
      throw new Error(`package index: ${name} has ${value === undefined ? "no" : "a malformed"} ${key}`);
    return value;
  };
  return {
    name,
    version: field("Version", /./),
    depends: ["Pre-Depends", "Depends"].flatMap((key) => parseDepends(fields.get(key) ?? "")),
    path: field("Filename", /^pool\/[^\s]+$/),
    sha256: field("SHA256", /^[0-9a-f]{64}$/),
    size: Number(field("Size", /^\d+$/)),
  };
}

function parseDepends(text: string): string[] {
  return text
    .split(",")
    .map((part) => /^[^\s(|:]+/.exec(part.trim())?.[0] ?? "")
    .filter((name) => name !== "");
}
