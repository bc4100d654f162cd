// What the browser stories share: steps, pictures, accessibility checks.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";

const screens = path.resolve(import.meta.dirname, "../../out/screens");
mkdirSync(screens, { recursive: true });

// `make pictures` keeps these for the README, cut to what one sees first.
const pictures = process.env.AGENTLADDER_PICTURES;
const kept = new Set(["chat-good-1440-light", "scorecard-good-1440-light", "scorecard-good-390-dark"]);

let steps = 0;

/** Tells that a step of the story has come true. */
export const step = (what) => console.log(`ok ${++steps} - ${what}`);

/** Closes the account of a story. */
export const finish = () => console.log(`\n${steps} passed, 0 failed`);

export const byId = (page, id) => page.getByTestId(id);

/** Collects what goes wrong in a page's console. */
export function watch(page, into) {
  page.on("pageerror", (error) => into.push(String(error)));
  page.on("console", (message) => {
    // Chromium reports every 4xx answer as an error; the first refresh without a cookie is one.
    if (message.type() === "error" && !/Failed to load resource/.test(message.text())) into.push(message.text());
  });
}

/** Pictures of a page in both widths and themes; axe must find nothing. */
export async function shot(page, name) {
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const [width, height] of [[1440, 900], [390, 844]]) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(250); // layout after a resize
      const title = `${name}-${width}-${scheme}`;
      await page.screenshot({ path: path.join(screens, `${title}.png`), fullPage: true });
      if (pictures && kept.has(title)) await page.screenshot({ path: path.join(pictures, `${title}.png`) });
    }
    await page.setViewportSize({ width: 1440, height: 900 });
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(" ")}`), [], `axe on ${name}, ${scheme}`);
  }
  await page.emulateMedia({ colorScheme: "light" });
}
