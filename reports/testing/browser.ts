/** Pages in Debian's Chromium. */
import { existsSync } from "node:fs";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const executablePath = "/usr/bin/chromium";

/** @throws if Chromium is not there: set-up installs it, and its tests are not skipped */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(executablePath))
    throw new Error(`${executablePath} is missing; ./scapyard setup installs it`);
  // Its sandbox does not work for root, which continuous integration often is. The pages are our own.
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

export interface OpenedPage extends AsyncDisposable {
  readonly page: Page;
  /** Errors, and whatever the page wrote on its console: there should be none. */
  readonly complaints: string[];
}

/** @param url of a file, with what stands after `#` */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`it asked for ${request.url()}`);
  });
  await page.goto(url);
  if (options.javaScriptEnabled !== false) await page.locator("#grid table").waitFor({ state: "attached" });
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
}
