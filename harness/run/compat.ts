/** Twins of cases, whose calls go through the 32-bit entry. */

const suffix = "@ia32";

export function compatId(id: string): string {
  return `${id}${suffix}`;
}

export function isCompatId(id: string): boolean {
  return id.endsWith(suffix);
}
