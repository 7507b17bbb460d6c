/** `bun endless-child.ts DIR FILE`: a schedule whose only child writes its process id to FILE and never ends. */
import { startChild } from "../child.ts";

const [dir = "", file = ""] = process.argv.slice(2);
const script = 'echo $$ >"$0"; exec sleep 1000';
const child = startChild({ target: "T", cases: "*", command: ["sh", "-c", script, file], dir });
await child.ended;
