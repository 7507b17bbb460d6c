/** The full grid: a row for each syscall, a column for each target. Only rows near the visible ones are in the page. */
import { cellAddress } from "../cells.ts";
import { h, must } from "./dom.ts";
import { measured } from "./measured.ts";
import type { GridCell, Model } from "./model.ts";
import { formatPlace } from "./place.ts";

/** Of a row, in pixels; the style sheet has the same. */
const rowHeight = 32;
/** Rows drawn above and below the visible ones. */
const margin = 8;

export class GridView {
  readonly #model: Model;
  readonly #frame = must("#grid");
  readonly #head = h("thead");
  readonly #body = h("tbody");
  #columns: readonly number[] = [];
  #rows: readonly number[] = [];
  #shown: (target: number, syscall: number) => boolean = () => true;
  #drawn = { first: -1, last: -1 };
  /** Where the keyboard is: indices into rows and columns. */
  #active = { row: 0, column: 0 };

  constructor(model: Model) {
    this.#model = model;
    const table = h(
      "table",
      { class: "grid", role: "grid", "aria-labelledby": "cells" },
      this.#head,
      this.#body,
    );
    this.#frame.replaceChildren(table);
    this.#frame.addEventListener("scroll", () => this.#draw());
    this.#body.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.#frame);
  }

  /** Show the rows and columns that have a matching cell; other cells of these are dimmed. Returns how many match. */
  filter(shown: (target: number, syscall: number) => boolean): number {
    const { targets, syscalls, cells } = this.#model;
    const columns = new Set<number>();
    const rows = new Set<number>();
    let count = 0;
    for (const target of targets.keys())
      for (const syscall of syscalls.keys()) {
        if (!cells[target]![syscall] || !shown(target, syscall)) continue;
        columns.add(target);
        rows.add(syscall);
        count += 1;
      }
    this.#columns = [...columns];
    this.#rows = [...rows].sort((a, b) => a - b);
    this.#shown = shown;
    this.#active = { row: 0, column: 0 };
    this.#drawn = { first: -1, last: -1 };
    this.#drawHead();
    this.#frame.scrollTop = 0;
    this.#draw();
    return count;
  }

  #drawHead(): void {
    const kernel = (column: number) => this.#model.targets[column]!.name.split("/").slice(0, 2).join("/");
    const groups = [...Map.groupBy(this.#columns, kernel)];
    const corner = h("th", { scope: "col", rowspan: 2, class: "corner" }, "syscall");
    this.#head.replaceChildren(
      h(
        "tr",
        {},
        corner,
        ...groups.map(([name, columns]) => h("th", { scope: "colgroup", colspan: columns.length }, name)),
      ),
      h(
        "tr",
        {},
        ...this.#columns.map((column) =>
          h("th", { scope: "col" }, this.#model.targets[column]!.name.split("/").slice(2).join("/")),
        ),
      ),
    );
    this.#head.parentElement!.setAttribute("aria-rowcount", String(this.#rows.length + 2));
  }

  #draw(): void {
    const visible = Math.ceil((this.#frame.clientHeight || 600) / rowHeight);
    const first = Math.max(0, Math.floor(this.#frame.scrollTop / rowHeight) - margin);
    const last = Math.min(this.#rows.length, first + visible + 2 * margin);
    if (first === this.#drawn.first && last === this.#drawn.last) return;
    const focused = this.#body.contains(document.activeElement);
    this.#drawn = { first, last };
    this.#body.replaceChildren(
      spacer(first * rowHeight),
      ...Array.from({ length: last - first }, (_, index) => this.#row(first + index)),
      spacer((this.#rows.length - last) * rowHeight),
    );
    if (focused) this.#focus();
  }

  #row(row: number): HTMLElement {
    const syscall = this.#rows[row]!;
    const cells = this.#columns.map((target, column) => this.#cell(target, syscall, row, column));
    const head = h("th", { scope: "row" }, this.#model.syscalls[syscall]!);
    return h("tr", { "aria-rowindex": row + 3 }, head, ...cells);
  }

  #cell(target: number, syscall: number, row: number, column: number): HTMLElement {
    const cell = this.#model.cells[target]![syscall];
    const active = row === this.#active.row && column === this.#active.column;
    const tabindex = active ? 0 : -1;
    if (!cell) return h("td", {}, h("span", { class: "none", tabindex }, "not run"));
    const address = cellAddress(this.#model.targets[target]!.name, this.#model.syscalls[syscall]!);
    const link = h("a", { href: formatPlace({ address, filter: "" }), tabindex }, summary(cell));
    return h("td", this.#shown(target, syscall) ? {} : { class: "dim" }, link);
  }

  #key(event: KeyboardEvent): void {
    const { row, column } = this.#active;
    const lastRow = this.#rows.length - 1;
    const lastColumn = this.#columns.length - 1;
    const page = Math.max(1, Math.floor(this.#frame.clientHeight / rowHeight) - 3);
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      PageUp: [row - page, column],
      PageDown: [row + page, column],
      Home: [event.ctrlKey ? 0 : row, 0],
      End: [event.ctrlKey ? lastRow : row, lastColumn],
    };
    const move = moves[event.key];
    if (!move || event.altKey || event.metaKey) return;
    event.preventDefault();
    this.#active = { row: clamp(move[0], lastRow), column: clamp(move[1], lastColumn) };
    this.#showRow(this.#active.row);
    this.#focus();
  }

  /** Scrolls so far that the row is drawn, and not below the head. */
  #showRow(row: number): void {
    const head = this.#head.offsetHeight;
    const top = row * rowHeight;
    const room = this.#frame.clientHeight - head - rowHeight;
    if (top < this.#frame.scrollTop) this.#frame.scrollTop = top;
    else if (top > this.#frame.scrollTop + room) this.#frame.scrollTop = top - room;
    this.#draw();
  }

  #focus(): void {
    const { row, column } = this.#active;
    for (const old of this.#body.querySelectorAll('[tabindex="0"]')) old.setAttribute("tabindex", "-1");
    // The first row of the body is the spacer.
    const line = this.#body.rows[row - this.#drawn.first + 1];
    const item = line?.cells[column + 1]?.querySelector<HTMLElement>("[tabindex]");
    item?.setAttribute("tabindex", "0");
    item?.focus({ preventScroll: true });
    line?.cells[column + 1]?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
}

function summary({ outcome, cases }: GridCell): HTMLElement {
  const passed = cases.filter((item) => item.outcome === "pass").length;
  return measured(outcome, `${passed}/${cases.length}`);
}

const spacer = (height: number) => h("tr", { role: "presentation", style: `height: ${height}px` });

const clamp = (value: number, last: number) => Math.max(0, Math.min(value, last));
