/**
 * `objects.ts MODE FILE` prints `{ events, objects, growth }`: how many objects the events made, garbage included, and by how
 * many of them the heap has grown, which is the state that is kept. No clock is involved.
 */
import { heapStats } from "bun:jsc";
import { inspectAll } from "./modes.ts";

/** Few enough that hardly ever a collection falls between two counts; those between which one does are left out. */
const step = 4096;

const cells = () => Object.values(heapStats().objectTypeCounts).reduce((sum, count) => sum + count, 0);

const [mode = "", file = ""] = process.argv.slice(2);
inspectAll(mode, file); // compilers have done their part
Bun.gc(true);
const start = cells();
let before = start;
let [objects, counted] = [0, 0];
const events = inspectAll(mode, file, (count) => {
  if (count % step !== 0) return;
  const now = cells();
  if (now >= before) {
    objects += now - before;
    counted += step;
  }
  before = now;
});
Bun.gc(true);
console.log(
  JSON.stringify({ events, objects: (objects / counted) * events, growth: Math.max(0, cells() - start) }),
);
