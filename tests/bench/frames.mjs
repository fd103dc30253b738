// What a frame costs: scrolls a list of many records and a lane of the board, drags a card over it, and prints the page's own work
// by frame (wasm, drawing calls, the elements over the canvas), as the page's animation-frame callbacks took it.
//   OUTPOST_SITE=build/site node tests/bench/frames.mjs [records]     a number that depends on the machine: no test
import { openApp, query, ready, until } from '../e2e/support.mjs';

const records = Number(process.argv[2] ?? 100_000);

// Times every animation-frame callback.
const timeFrames = () => {
  window.frameTimes = [];
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => ask((time) => {
    const start = performance.now();
    callback(time);
    window.frameTimes.push(performance.now() - start);
  });
};

function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(2) ?? '-';
  return `${times.length} frames, p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`;
}

const app = await openApp({ open: false });
const { page } = app;
try {
  await page.addInitScript(timeFrames);
  await page.goto(app.address);
  await ready(page);
  if ((await query(page, 'SELECT COUNT() FROM Opportunity')).totalSize === 0) {
    const started = Date.now();
    await page.evaluate((opportunities) => window.outpost.call('generate', { opportunities, seed: 7 }), records);
    console.log(`${records} opportunities made in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  }
  const measured = async (what, action) => {
    await page.waitForTimeout(1500);
    await page.evaluate(() => { window.frameTimes.length = 0; });
    await action();
    await page.waitForTimeout(300);
    console.log(`${what}: ${summary(await page.evaluate(() => window.frameTimes))}`);
  };
  await page.goto(`${app.address}#/o/Opportunity`);
  const grid = page.getByRole('grid');
  await until(() => grid.getByRole('row').nth(5).count(), 'rows');
  await grid.hover();
  for (const [what, step] of [['list, wheel by wheel', 100], ['list, fast', 900]])
    for (const round of ['first time', 'again'])
      await measured(`${what}, ${round}`, async () => {
        for (let i = 0; i < 120; i++) { await page.mouse.wheel(0, round === 'again' ? -step : step); await page.waitForTimeout(10); }
      });
  // Search, letter by letter: the first letters come while what is searched is still being prepared.
  const [words, line] = ['hannah sin', 'Call with Hannah Singh at Nimbus, quote 12k by 30 Sep, follow up Tue 10:00'];
  for (const round of ['first time', 'again']) {
    await measured(`search, ${round}`, async () => {
      await page.keyboard.press('Control+k');
      await page.getByRole('searchbox', { name: 'Search records and commands' }).waitFor();
      await page.keyboard.type(words, { delay: 120 });
    });
    await page.keyboard.press('Escape');
  }
  await page.goto(`${app.address}#/`);
  await page.keyboard.press('l');
  await page.getByRole('dialog').waitFor();
  await measured('quick log', async () => { await page.keyboard.type(line, { delay: 60 }); });
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.goto(`${app.address}#/o/Opportunity/board`);
  const lane = page.getByRole('group', { name: /^Prospecting, / });
  await lane.waitFor();
  const card = await lane.getByRole('link').first().boundingBox();
  await page.mouse.move(card.x + 30, card.y + 20);
  await page.mouse.down();
  await measured('board, a card dragged about', async () => {
    for (let i = 0; i < 120; i++) { await page.mouse.move(card.x + 30 + 400 * Math.sin(i / 20), card.y + 60 + 100 * Math.sin(i / 7)); await page.waitForTimeout(10); }
  });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const { x, y, width, height } = await lane.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  for (const round of ['first time', 'again'])
    await measured(`board, a lane of ${(await query(page, "SELECT COUNT() FROM Opportunity WHERE StageName = 'Prospecting'")).totalSize} cards scrolled, ${round}`, async () => {
      for (let i = 0; i < 120; i++) { await page.mouse.wheel(0, round === 'again' ? -300 : 300); await page.waitForTimeout(10); }
    });
} finally {
  await app.close();
}
