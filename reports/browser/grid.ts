/** The full grid: a row for each syscall, a column for each target. Only what is near the visible part is in the page. */
import { cellAddress } from "../cells.ts";
import { h, must } from "./dom.ts";
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
  #rows = nothing;
  #columns = nothing;
  /** Where the keyboard is. */
  #active: Position = { row: 0, column: 0 };

  constructor(model: Model, matches: Matches) {
    this.#model = model;
    this.#matches = matches;
    this.#frame.replaceChildren(this.#table);
    this.#frame.addEventListener("scroll", () => this.#draw());
    this.#body.addEventListener("keydown", (event) => this.#key(event));
    new ResizeObserver(() => this.#draw()).observe(this.#frame);
  }

  /** Show the rows and columns that have a matching cell; other cells of these are dimmed. */
  show(matches: Matches): void {
    this.#matches = matches;
    this.#active = { row: 0, column: 0 };
    this.#rows = nothing;
    this.#frame.scrollTo(0, 0);
    this.#table.setAttribute("aria-rowcount", String(matches.syscalls.length + 2));
    this.#table.setAttribute("aria-colcount", String(matches.targets.length + 1));
    this.#draw();
  }

  #draw(): void {
    const { clientHeight, clientWidth, scrollTop, scrollLeft } = this.#frame;
    const { syscalls, targets } = this.#matches;
    const rows = windowOf({
      size: rowHeight,
      count: syscalls.length,
      scrolled: scrollTop,
      room: clientHeight || 600,
      margin: 8,
    });
    const columns = windowOf({
      size: columnWidth,
      count: targets.length,
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
      spacer((syscalls.length - rows.last) * rowHeight),
    );
    if (focused) this.#focus();
  }

  #drawHead(): void {
    const names = range(this.#columns).map((column) => this.#targetName(column));
    const kernels = Map.groupBy(names, (name) => name.split("/").slice(0, 2).join("/"));
    const { first, last } = this.#columns;
    this.#columnWidths.replaceChildren(
      h("col", { class: "names" }),
      h("col", { style: `width: ${first * columnWidth}px` }),
      ...names.map(() => h("col", { style: `width: ${columnWidth}px` })),
      h("col", { style: `width: ${(this.#matches.targets.length - last) * columnWidth}px` }),
    );
    const group = ([kernel, { length }]: readonly [string, readonly string[]]) =>
      h("th", { scope: "colgroup", colspan: length }, kernel);
    const driver = (name: string, index: number) =>
      h("th", { scope: "col", "aria-colindex": first + index + 2 }, name.split("/").slice(2).join("/"));
    this.#head.replaceChildren(
      h(
        "tr",
        {},
        h("th", { scope: "col", rowspan: 2 }, "syscall"),
        gap(2),
        ...[...kernels].map(group),
        gap(2),
      ),
      h("tr", {}, ...names.map(driver)),
    );
  }

  #targetName(column: number): string {
    return this.#model.targets[this.#matches.targets[column]!]!.name;
  }

  #row(row: number): HTMLElement {
    const head = h("th", { scope: "row" }, this.#model.syscalls[this.#matches.syscalls[row]!]!);
    const cells = range(this.#columns).map((column) => this.#cell({ row, column }));
    return h("tr", { "aria-rowindex": row + 3 }, head, gap(1), ...cells, gap(1));
  }

  #cell({ row, column }: Position): HTMLElement {
    const target = this.#matches.targets[column]!;
    const syscall = this.#matches.syscalls[row]!;
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
    const { syscalls, targets } = this.#matches;
    const last = { row: syscalls.length - 1, column: targets.length - 1 };
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
  const passed = cases.filter((item) => item.outcome === "pass").length;
  return measured(outcome, `${passed}/${cases.length}`);
}

/** In place of rows that are not drawn. */
const spacer = (height: number) => h("tr", { role: "presentation", style: `height: ${height}px` });

/** In place of columns that are not drawn. */
const gap = (rowspan: number) => h("td", { role: "presentation", rowspan, class: "gap" });
