// Starts the built binary on a free port with data of its own, and ends it by pid.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const binary = path.resolve(import.meta.dirname, "../../bin/agentladder");

/** Resolves to { url, stop } once the server says that it is ready. */
export function startServer(extra = []) {
  const data = mkdtempSync(path.join(tmpdir(), "agentladder-story-"));
  const child = spawn(binary, ["serve", "--demo", "--data", data, "--address", "127.0.0.1:0", ...extra], {
    env: { ...process.env, AGENTLADDER_DATABASE_URL: "", AGENTLADDER_LOG_LEVEL: "warn" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const code = await gone;
    rmSync(data, { recursive: true, force: true });
    if (code !== 0) throw new Error(`the server ended with ${code}\n${log}`);
    return log;
  };
  return new Promise((resolve, reject) => {
    gone.then((code) => reject(new Error(`the server ended with ${code} before it was ready\n${log}`)));
    child.stdout.on("data", (chunk) => {
      const ready = /is ready: (http:\S+)/.exec(String(chunk));
      if (ready) resolve({ url: ready[1], stop });
    });
  });
}
