/** Names of flags, modes and enumerations, from the schema's tables. */
import { flagTables } from "#schema/flags";

const tableOf = (name: string | undefined) => (name && flagTables[name]) || [];

/**
 * Names of the bits in `value`, in the table's order; each one takes its bits away, so a name of several bits must stand
 * before theirs. A name of 0 is for the value 0 only.
 */
export function flagNames(table: string | undefined, value: number): string {
  const names: string[] = [];
  let rest = BigInt(value);
  for (const entry of tableOf(table)) {
    const bits = BigInt(entry.value);
    const matches = bits === 0n ? value === 0 : rest !== 0n && (rest & bits) === bits;
    if (!matches) continue;
    names.push(entry.name);
    if (entry.value === value) break;
    rest &= ~bits;
  }
  return names.join("|");
}

/** All names of a value: AF_LOCAL|AF_UNIX. */
export const enumNames = (table: string | undefined, value: number): string =>
  tableOf(table)
    .filter((entry) => entry.value === value)
    .map(({ name }) => name)
    .join("|");

/** Names of the bits in a file mode. */
export function modeNames(table: string | undefined, value: number): string {
  const names: string[] = [];
  let rest = value;
  for (const entry of tableOf(table)) {
    if (entry.value === value) return [...names, entry.name].join("|");
    if (entry.value === 0 || (rest & entry.value) !== entry.value) continue;
    names.push(entry.name);
    rest &= ~entry.value;
  }
  return names.join("|");
}
