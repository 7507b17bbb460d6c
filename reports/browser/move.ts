/** What the keys do in a grid, as WAI-ARIA's grid pattern has it. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "altKey" | "metaKey">;

/** @returns undefined for a key that does not move */
export function step(event: Key, from: Position, last: Position, page: number): Position | undefined {
  if (event.altKey || event.metaKey) return undefined;
  const { row, column } = from;
  const moves: Readonly<Record<string, Position>> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
    Home: { row: event.ctrlKey ? 0 : row, column: 0 },
    End: { row: event.ctrlKey ? last.row : row, column: last.column },
  };
  const to = moves[event.key];
  return to && { row: clamp(to.row, last.row), column: clamp(to.column, last.column) };
}

const clamp = (value: number, last: number) => Math.max(0, Math.min(value, last));
