/** The script of the page: the filter box, the full grid, and opening a cell. The page can be read without it. */
import type { EmbeddedGrid } from "../embedded.ts";
import { must, unpack } from "./dom.ts";
import { parseFilter, withPivot } from "./filter.ts";
import { GridView } from "./grid.ts";
import type { Pivot } from "./layout.ts";
import { findMatches } from "./matches.ts";
import { type Model, makeModel } from "./model.ts";
import { Panel } from "./panel.ts";
import { formatPlace, type Place, parsePlace } from "./place.ts";
import { StaticParts } from "./static.ts";
import { historyStrip } from "./strip.ts";

class App {
  readonly #input = must<HTMLInputElement>("#filter");
  readonly #pivot = must<HTMLSelectElement>("#pivot");
  readonly #model: Model;
  readonly #grid: GridView;
  readonly #parts: StaticParts;
  readonly #panel: Panel;
  #place: Place = { address: "", filter: "" };

  constructor(model: Model) {
    this.#model = model;
    this.#grid = new GridView(model, findMatches(model, parseFilter("")));
    this.#parts = new StaticParts(model);
    this.#panel = new Panel(() => this.#closed());
    this.#input.addEventListener("input", () => this.#typed());
    this.#pivot.addEventListener("change", () => {
      this.#input.value = withPivot(this.#input.value, this.#pivot.value as Pivot);
      this.#typed();
    });
    addEventListener("hashchange", () => this.arrive());
    addEventListener("popstate", () => this.arrive());
    document.addEventListener("click", (event) => this.#follow(event));
    document.addEventListener("keydown", (event) => this.#key(event));
  }

  /** Show what the URL says. */
  arrive(): void {
    const place = parsePlace(location.hash);
    const refilter = place.filter !== this.#place.filter;
    this.#place = place;
    if (refilter) {
      this.#input.value = place.filter;
      this.#filter();
    }
    this.#open();
    // What stands after the filter's ? is no part of an id that the browser would find.
    if (place.filter) document.getElementById(place.address)?.scrollIntoView();
  }

  start(): void {
    for (const element of document.querySelectorAll<HTMLElement>("[data-script]")) element.hidden = false;
    this.#filter();
    this.arrive();
  }

  #typed(): void {
    this.#remember({ ...this.#place, filter: this.#input.value });
    this.#filter();
  }

  #filter(): void {
    const filter = parseFilter(this.#input.value);
    const matches = findMatches(this.#model, filter);
    this.#pivot.value = filter.pivot;
    this.#grid.show(matches, filter.pivot);
    this.#parts.filter(matches);
    const unknown = filter.unknown.length > 0 ? `; not understood: ${filter.unknown.join(" ")}` : "";
    must("#matches").textContent = `${matches.count} cell${matches.count === 1 ? "" : "s"}${unknown}`;
  }

  #open(): void {
    const { runs, targets, syscalls, cells } = this.#model;
    const target = targets.findIndex(({ name }) => this.#place.address.startsWith(`${name}/`));
    const name = target < 0 ? "" : this.#place.address.slice(targets[target]!.name.length + 1);
    const syscall = syscalls.indexOf(name);
    const cell = cells[target]?.[syscall];
    if (!cell) {
      this.#panel.close();
      return;
    }
    const strip = historyStrip(runs, targets[target]!, syscall);
    void this.#panel.open(targets[target]!, name, cell, strip);
  }

  #closed(): void {
    if (this.#place.address) this.#remember({ ...this.#place, address: "" });
  }

  #remember(place: Place): void {
    this.#place = place;
    history.replaceState(null, "", formatPlace(place));
  }

  /** Links within the page keep the filter, unless they bring one; those to cells do not scroll the page away. */
  #follow(event: MouseEvent): void {
    const link = (event.target as Element).closest("a");
    if (!link?.getAttribute("href")?.startsWith("#") || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const { address, filter: own } = parsePlace(link.hash);
    const filter = own || this.#place.filter;
    const isCell = this.#model.targets.some(({ name }) => address.startsWith(`${name}/`));
    // Without a filter the browser finds it.
    if (!filter && !isCell) return;
    event.preventDefault();
    history.pushState(null, "", formatPlace({ address, filter }));
    this.arrive();
  }

  #key(event: KeyboardEvent): void {
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing && !event.ctrlKey) {
      event.preventDefault();
      this.#input.focus();
    }
    if (event.key === "Escape" && typing && this.#input.value) {
      this.#input.value = "";
      this.#input.dispatchEvent(new Event("input"));
    }
  }
}

new App(makeModel(await unpack<EmbeddedGrid>("data"))).start();
