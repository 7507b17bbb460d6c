/** The full grid: syscalls and targets, laid out as the pivot says. Only what is near the visible part is in the page. */
import { countable, countOutcomes } from "../../harness/run/counts.ts";
import { cellAddress } from "../target-parts.ts";
import { h, must } from "./dom.ts";
import { type Layout, layoutOf, type Pivot } from "./layout.ts";
import type { Matches } from "./matches.ts";
import { measured } from "./measured.ts";
import type { GridCell, Model } from "./model.ts";
import { type Position, step } from "./move.ts";
import { formatPlace } from "./place.ts";
import { range, sameWindow, type Window, windowOf } from "./window.ts";

/** Of a row and of a column, in pixels; the style sheet has the same. */
const rowHeight = 32;
const columnWidth = 136;

const nothing: Window = { first: -1, last: -1 };

export class GridView {
  readonly #model: Model;
  readonly #frame = must("#grid");
  readonly #columnWidths = h("colgroup");
  readonly #head = h("thead");
  readonly #body = h("tbody");
  readonly #table = h(
    "table",
    { class: "grid", role: "grid", "aria-labelledby": "cells" },
    this.#columnWidths,
    this.#head,
    this.#body,
  );
  #matches: Matches;
  #layout: Layout;
  #rows = nothing;
  #columns = nothing;
  /** Where the keyboard is. */
  #active: Position = { row: 0, column: 0 };

  constructor(model: Model, matches: Matches) {
    this.#model = model;
    this.#matches = matches;
    this.#layout = layoutOf(model, matches, "arch");
    this.#frame.replaceChildren(this.#table);
    this.#frame.addEventListener("scroll", () => this.#draw());
    this.#body.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.#frame);
  }

  /** Show the rows and columns that have a matching cell; other cells of these are dimmed. */
  show(matches: Matches, pivot: Pivot): void {
    this.#matches = matches;
    this.#layout = layoutOf(this.#model, matches, pivot);
    this.#active = { row: 0, column: 0 };
    this.#rows = nothing;
    this.#frame.scrollTo(0, 0);
    const { rows, columns } = this.#layout;
    this.#table.setAttribute("aria-rowcount", String(rows.heads.length + 2));
    this.#table.setAttribute("aria-colcount", String(columns.heads.length + 1));
    this.#draw();
  }

  #draw(): void {
    const { clientHeight, clientWidth, scrollTop, scrollLeft } = this.#frame;
    const { length: rowCount } = this.#layout.rows.heads;
    const rows = windowOf({
      size: rowHeight,
      count: rowCount,
      scrolled: scrollTop,
      room: clientHeight || 600,
      margin: 8,
    });
    const columns = windowOf({
      size: columnWidth,
      count: this.#layout.columns.heads.length,
      scrolled: scrollLeft,
      room: clientWidth || 1200,
      margin: 3,
    });
    if (sameWindow(rows, this.#rows) && sameWindow(columns, this.#columns)) return;
    const focused = this.#body.contains(document.activeElement);
    this.#rows = rows;
    this.#columns = columns;
    this.#drawHead();
    this.#body.replaceChildren(
      spacer(rows.first * rowHeight),
      ...range(rows).map((row) => this.#row(row)),
      spacer((rowCount - rows.last) * rowHeight),
    );
    if (focused) this.#focus();
  }

  #drawHead(): void {
    const { rows, columns } = this.#layout;
    const { first, last } = this.#columns;
    const heads = columns.heads.slice(first, last);
    const groups = Map.groupBy(heads, ({ group }) => group);
    this.#columnWidths.replaceChildren(
      h("col", { class: `names ${rows.what}` }),
      h("col", { style: `width: ${first * columnWidth}px` }),
      ...heads.map(() => h("col", { style: `width: ${columnWidth}px` })),
      h("col", { style: `width: ${(columns.heads.length - last) * columnWidth}px` }),
    );
    const corner = h("th", { scope: "col", rowspan: 2 }, rows.what);
    const group = ([name, { length }]: readonly [string, readonly unknown[]]) =>
      h("th", { scope: "colgroup", colspan: length }, name || columns.what);
    this.#head.replaceChildren(
      h("tr", {}, corner, gap(2), ...[...groups].map(group), gap(2)),
      h("tr", {}, ...heads.map(({ label }, index) => columnHead(label, first + index))),
    );
  }

  #row(row: number): HTMLElement {
    const { label } = this.#layout.rows.heads[row]!;
    const head = h("th", { scope: "row", title: label }, label);
    const cells = range(this.#columns).map((column) => this.#cell({ row, column }));
    return h("tr", { "aria-rowindex": row + 3 }, head, gap(1), ...cells, gap(1));
  }

  #cell({ row, column }: Position): HTMLElement {
    const { target, syscall } = this.#layout.at(row, column);
    const cell = this.#model.cells[target]![syscall];
    const tabindex = row === this.#active.row && column === this.#active.column ? 0 : -1;
    const dim = this.#matches.has(target, syscall) ? "" : "dim";
    const content = cell
      ? h("a", { href: this.#link(target, syscall), tabindex }, summary(cell))
      : h("span", { class: "none", tabindex }, "not run");
    return h("td", { class: dim, "aria-colindex": column + 2 }, content);
  }

  #link(target: number, syscall: number): string {
    const address = cellAddress(this.#model.targets[target]!.name, this.#model.syscalls[syscall]!);
    return formatPlace({ address, filter: "" });
  }

  #key(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#frame.clientHeight / rowHeight) - 3);
    const { rows, columns } = this.#layout;
    const last = { row: rows.heads.length - 1, column: columns.heads.length - 1 };
    const position = step(event, this.#active, last, page);
    if (!position) return;
    event.preventDefault();
    this.#active = position;
    this.#reveal(position);
    this.#focus();
  }

  /** Scroll so far that the cell is drawn, and not below the sticky heads. */
  #reveal({ row, column }: Position): void {
    const frame = this.#frame;
    const corner = this.#head.querySelector("th")!;
    const down = frame.clientHeight - this.#head.offsetHeight - rowHeight;
    const right = frame.clientWidth - corner.offsetWidth - columnWidth;
    frame.scrollTo({
      top: nearest(frame.scrollTop, row * rowHeight, down),
      left: nearest(frame.scrollLeft, column * columnWidth, right),
      behavior: "instant",
    });
    this.#draw();
  }

  #focus(): void {
    const { row, column } = this.#active;
    for (const old of this.#body.querySelectorAll('[tabindex="0"]')) old.setAttribute("tabindex", "-1");
    const cell = `[aria-rowindex="${row + 3}"] > [aria-colindex="${column + 2}"] > [tabindex]`;
    const item = this.#body.querySelector<HTMLElement>(cell);
    item?.setAttribute("tabindex", "0");
    item?.focus({ preventScroll: true });
  }
}

/** The scroll position closest to `now` at which what begins at `start` is seen. */
function nearest(now: number, start: number, room: number): number {
  return start < now ? start : Math.max(now, start - room);
}

function summary({ outcome, cases }: GridCell): HTMLElement {
  const counts = countOutcomes(cases);
  const could = countable(counts);
  return measured(outcome, could > 0 ? `${counts.pass ?? 0}/${could}` : "");
}

const columnHead = (label: string, column: number) =>
  h("th", { scope: "col", "aria-colindex": column + 2, title: label }, label);

/** In place of rows that are not drawn. */
const spacer = (height: number) => h("tr", { role: "presentation", style: `height: ${height}px` });

/** In place of columns that are not drawn. */
const gap = (rowspan: number) => h("td", { role: "presentation", rowspan, class: "gap" });
