// The story of a trainee, on the real server in a real browser: sign in, practise S16 badly, then well, see why.
// Prints a line a step and writes screenshots to out/screens (1440 and 390 px, light and dark).
import assert from "node:assert/strict";
import { launch } from "./chromium.mjs";
import { startServer } from "./server.mjs";
import { byId, finish, shot, step, watch } from "./stage.mjs";

const badly = ["在", "你自己打电话问快递，不归我管", "急也没用，等着吧", "不知道", "保证明天一定到，行了吧"];
const well = [
  "您好，物流三天没有更新，换作是我也会着急，真的很抱歉让您久等了。我马上帮您查一下。",
  "查到了，包裹目前停在中转站。我现在就联系快递网点核实原因，今天 18 点前给您答复。方便问一下您最晚什么时候要用吗？",
  "明白，考试不能耽误。具体哪天到我不敢保证，但我会一直盯着：如果今天 18 点前还没有动，我马上给您补发一份，或者给您退款，您看哪种更合适？",
  "好的，已经帮您备注并登记加急，结果我主动告诉您，运费由我们承担。",
  "不客气，给您添麻烦了，今天 18 点前我一定给您回复。还有其他可以帮您的吗？祝您考试顺利。",
  "应该的，祝您考试顺利，有问题随时找我。",
];

const server = await startServer();
const browser = await launch();

/** Says the lines one after another, each after the buyer has spoken. Stops when the chat has ended. */
async function talk(page, lines) {
  for (const line of lines) {
    const before = await agentCount(page);
    if (await byId(page, "to-scorecard").isVisible().catch(() => false)) return;
    await byId(page, "composer").fill(line);
    await byId(page, "send").click();
    await page.waitForFunction((n) => document.querySelectorAll('[data-role="agent"]').length > n, before);
    await buyerHasSpoken(page);
  }
}

const agentCount = (page) => page.locator('[data-role="agent"]').count();

/** Waits until the buyer's answer is there and nobody is typing, or the chat is over. A buyer who was told to wait a moment waits: then goes on. */
async function buyerHasSpoken(page) {
  const quiet = () =>
    document.querySelector('[data-testid="to-scorecard"]') ||
    (!document.querySelector('[data-testid="typing"]') && [...document.querySelectorAll("[data-role]")].at(-1)?.dataset.role === "buyer");
  await page.waitForFunction(quiet, undefined, { timeout: 8_000 }).catch((error) => {
    if (error.name !== "TimeoutError") throw error;
  });
}

async function practise(page, lines, name) {
  await page.goto(`${server.url}/practice`);
  await byId(page, "start-S16").click();
  await buyerHasSpoken(page);
  await talk(page, lines.slice(0, 2));
  await shot(page, name);
  await talk(page, lines.slice(2));
  if (!(await byId(page, "to-scorecard").isVisible())) {
    await byId(page, "finish-chat").click();
    await byId(page, "finish-confirm").click();
  } else {
    await byId(page, "to-scorecard").click();
  }
  await byId(page, "total-score").waitFor();
  return Number(await byId(page, "total-score").innerText());
}

try {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const wrong = [];
  watch(page, wrong);

  await page.goto(server.url);
  await byId(page, "demo-person-lin").waitFor();
  await shot(page, "sign-in");
  step("the sign-in page offers the demo people");

  await byId(page, "demo-person-lin").click();
  await byId(page, "ladder").waitFor();
  await shot(page, "today");
  await byId(page, "nav-hall").click();
  await byId(page, "scenario-S16").waitFor();
  await shot(page, "hall");
  step("one click signs a trainee in, the hall shows the scenarios");

  const low = await practise(page, badly, "chat-bad");
  await shot(page, "scorecard-bad");
  step(`S16 played badly: ${low}`);

  const high = await practise(page, well, "chat-good");
  await shot(page, "scorecard-good");
  step(`S16 played well: ${high}`);
  assert.ok(high >= low + 30, `the good chat (${high}) is not 30 points above the bad one (${low})`);
  step(`the good score is ${(high - low).toFixed(1)} points higher`);

  const marks = byId(page, "highlight");
  await marks.first().hover();
  await byId(page, "evidence-popover").waitFor();
  const hovered = await byId(page, "evidence-popover").innerText();
  assert.ok(hovered.trim().length > 5, "the evidence says nothing");
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  step("evidence appears on hover");

  await marks.nth(1).focus();
  await byId(page, "evidence-popover").waitFor();
  await page.keyboard.press("Escape");
  step("evidence appears by keyboard");

  await page.reload();
  await byId(page, "total-score").waitFor();
  assert.equal(Number(await byId(page, "total-score").innerText()), high);
  step("a reload keeps the person signed in and the score the same");

  await page.goto(`${server.url}/records`);
  await page.getByText("物流停滞三天").first().waitFor();
  await shot(page, "records");
  await page.goto(`${server.url}/account`);
  await page.getByText("lin", { exact: false }).first().waitFor();
  await shot(page, "account");
  await page.goto(`${server.url}/nowhere/at-all`);
  await shot(page, "not-found");
  step("records, account and an unknown address");

  assert.deepEqual(wrong, [], "errors in the browser's console");
  step("the console stayed clean");
} finally {
  await browser.close();
  await server.stop();
}
finish();
