// Prints the gzip size of all script that the sign-in page loads.
import { gzipSync } from "node:zlib";
import { launch } from "./chromium.mjs";
import { startServer } from "./server.mjs";

const server = await startServer();
const browser = await launch();
let bytes = 0;
try {
  const page = await browser.newPage();
  const bodies = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") bodies.push(response.body());
  });
  await page.goto(server.url, { waitUntil: "networkidle" });
  for (const body of await Promise.all(bodies)) bytes += gzipSync(body).length;
} finally {
  await browser.close();
  await server.stop();
}
console.log(`script of the first page: ${Math.round(bytes / 1024)} KiB gzip (goal 250)`);
