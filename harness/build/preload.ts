/** Loaded before any test: the modules behind `#schema/*` must exist before a test file imports them. */
import { ensureSchema } from "../../drivers/schema/build.ts";

await ensureSchema();
await import("../run/bun-sink.ts");
