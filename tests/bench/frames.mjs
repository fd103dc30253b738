// What a frame costs: scrolls a list of many records and a lane of the board, drags a card over it, filters, sorts and groups, types
// into the search and the quick log, changes a field of ten thousand records, and prints the page's own work by frame (see
// frame_times.mjs). What is done within the browser's own events is none of these frames: whatever kept the page busy for 50 ms
// and more is counted beside them.
//   OUTPOST_SITE=build/site node tests/bench/frames.mjs [records] [part...]     numbers that depend on the machine: no test
// Parts: scroll filter edit search board; all when none is named. With STEPS=1 in the environment each step is printed.
import { openApp, query, ready, until } from '../e2e/support.mjs';
import { measure, measureSteps } from './frame_times.mjs';

const records = Number(process.argv[2] ?? 100_000);
const parts = process.argv.slice(3);
const wants = (part) => parts.length === 0 || parts.includes(part);

const app = await openApp({ open: false });
const { page } = app;
try {
  await page.goto(app.address);
  await ready(page);
  if ((await query(page, 'SELECT COUNT() FROM Opportunity')).totalSize === 0) {
    const started = Date.now();
    await page.evaluate((opportunities) => window.outpost.call('generate', { opportunities, seed: 7 }), records);
    console.log(`${records} opportunities made in ${((Date.now() - started) / 1000).toFixed(1)} s`);
    await page.waitForTimeout(8000);   // its first snapshot is being written meanwhile, which happens once
  }
  const show = async (address) => {
    await page.goto(`${app.address}${address}`);
    await until(() => page.getByRole('grid').getByRole('row').nth(5).count(), 'rows');
  };
  const keys = (text) => [...text].map((key) => () => page.keyboard.type(key));
  // All but the dialog go by the address, as a link or the page's own controls do.
  const addresses = (list) => list.map((address) => () => page.evaluate((hash) => { location.hash = hash; }, `#/o/Opportunity${address}`));

  if (wants('scroll')) {
    await show('#/o/Opportunity');
    await page.getByRole('grid').hover();
    for (const [what, step] of [['list, wheel by wheel', 100], ['list, fast', 900]])
      for (const round of ['first time', 'again'])
        await measure(page, `${what}, ${round}`, async () => {
          for (let i = 0; i < 120; i++) { await page.mouse.wheel(0, round === 'again' ? -step : step); await page.waitForTimeout(10); }
        });
  }

  if (wants('filter')) {
    await show('#/o/Opportunity?state=all');
    const box = page.getByRole('searchbox', { name: /^Filter/ });
    for (const round of ['first time', 'again']) {
      await box.click();
      await measureSteps(page, `list, filter typed, ${round}`, keys('harbor ren'));
      if (!/q=harbor%20ren$/.test(page.url())) throw new Error(`the list is not filtered: ${page.url()}`);
      await box.fill('');
      await until(() => !/q=/.test(page.url()), 'the whole list');
    }
    const sorts = ['Amount', '-Amount', 'CloseDate', 'Name', '-Name', 'StageName', 'AccountId', 'OwnerId', '-CreatedDate', 'Probability'];
    for (const round of ['first time', 'again']) await measureSteps(page, `list, sorted by a column, ${round}`, addresses(sorts.map((sort) => `?state=all&sort=${sort}`)));
    const groups = ['StageName', 'OwnerId', 'CloseDate', 'Type', 'AccountId', 'IsClosed', 'LeadSource'];
    for (const round of ['first time', 'again']) await measureSteps(page, `list, grouped, ${round}`, addresses(groups.map((group) => `?state=all&group=${group}`)));
    const conditions = ["Amount > 50000 AND (StageName = 'Prospecting' OR StageName = 'Qualification')", "(Amount > 100000 OR Probability >= 50) AND CloseDate = THIS_QUARTER",
      "Account.Name LIKE '%acme%' OR Name LIKE '%renewal%'", "NOT (StageName IN ('Closed Won', 'Closed Lost')) AND (Owner.Name LIKE 'a%' OR Amount = null)",
      "Amount > 1000 AND (CloseDate > TODAY OR (Probability < 20 AND Type = 'New Customer'))"].map((where) => `?state=all&where=${encodeURIComponent(where)}`);
    for (const round of ['first time', 'again']) await measureSteps(page, `list, conditions, ${round}`, addresses(conditions));
  }

  if (wants('edit')) {
    const first = (await query(page, 'SELECT Amount FROM Opportunity WHERE Amount != null ORDER BY Amount DESC LIMIT 1 OFFSET 12499')).records[0].Amount;
    await show(`#/o/Opportunity?state=all&where=${encodeURIComponent(`Amount >= ${first}`)}`);
    const button = (name) => page.getByRole('button', { name, exact: true });
    const dialog = page.getByRole('dialog');
    const choose = async (field, value) => {
      const box = dialog.getByRole('combobox', { name: field });
      await until(() => box.count(), field);
      await box.click();
      await page.getByRole('option').first().waitFor();
      if (await page.getByRole('option').count() > 8) await page.keyboard.type(value);
      await page.waitForTimeout(300);
      await page.getByRole('option', { name: value, exact: true }).click();
    };
    const saved = () => until(() => page.getByText('Saved', { exact: true }).count(), 'saved');
    for (const [label, field, value] of [['Lead Source', 'LeadSource', 'Partner Referral'], ['Stage', 'StageName', 'Qualification']]) {
      const what = `mass edit of ${label}`;
      const changed = async () => (await query(page, `SELECT COUNT() FROM Opportunity WHERE Amount >= ${first} AND ${field} = '${value}'`)).totalSize;
      const before = await changed();
      await measure(page, `${what}, records ticked`, () => page.getByRole('checkbox', { name: 'Select all' }).click());
      await button('Change field').click();
      await choose('Field', label);
      await measure(page, `${what}, previewed`, async () => {
        await choose(label, value);
        await until(() => dialog.getByText('records will change').count(), 'the preview');
      });
      let took;
      await measure(page, `${what}, done and saved`, async () => {
        const started = Date.now();
        await button('Apply').click();
        await until(async () => await changed() > before, 'the change');
        await saved();
        took = Date.now() - started;
      });
      console.log(`${what}: ${await changed() - before} records changed, on the disk after ${took} ms`);
      await measure(page, `${what}, undone`, async () => {
        await page.keyboard.press('Control+z');
        await until(async () => await changed() === before, 'the undo');
        await saved();
      });
    }
  }

  if (wants('search')) {
    // Letter by letter: the first letters come while what is searched is still being prepared.
    const [words, line] = ['hannah sin', 'Call with Hannah Singh at Nimbus, quote 12k by 30 Sep, follow up Tue 10:00'];
    await page.goto(`${app.address}#/o/Opportunity`);
    for (const text of [words, words, 'nimbsu tradign', 'east 2026']) {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Search records and commands' }).waitFor();
      await measureSteps(page, `search, "${text}"`, keys(text));
      await page.keyboard.press('Escape');
    }
    await page.goto(`${app.address}#/`);
    await page.waitForTimeout(500);
    await page.keyboard.press('l');
    await page.getByRole('dialog').waitFor();
    await measure(page, 'quick log', () => page.keyboard.type(line, { delay: 60 }));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
    // In a page that was opened just now.
    await page.reload();
    await ready(page);
    await page.getByRole('button', { name: 'Search' }).first().waitFor();
    await measure(page, 'search at once after opening', async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(words, { delay: 120 });
      await page.waitForTimeout(1200);
    }, { rest: 0 });
    await page.keyboard.press('Escape');
  }

  if (wants('board')) {
    await page.goto(`${app.address}#/o/Opportunity/board`);
    const lane = page.getByRole('group', { name: /^Prospecting, / });
    await lane.waitFor();
    const card = await lane.getByRole('link').first().boundingBox();
    await page.mouse.move(card.x + 30, card.y + 20);
    await page.mouse.down();
    await measure(page, 'board, a card dragged about', async () => {
      for (let i = 0; i < 120; i++) { await page.mouse.move(card.x + 30 + 400 * Math.sin(i / 20), card.y + 60 + 100 * Math.sin(i / 7)); await page.waitForTimeout(10); }
    });
    await page.keyboard.press('Escape');
    await page.mouse.up();
    const { x, y, width, height } = await lane.boundingBox();
    await page.mouse.move(x + width / 2, y + height / 2);
    for (const round of ['first time', 'again'])
      await measure(page, `board, a lane of ${(await query(page, "SELECT COUNT() FROM Opportunity WHERE StageName = 'Prospecting'")).totalSize} cards scrolled, ${round}`, async () => {
        for (let i = 0; i < 120; i++) { await page.mouse.wheel(0, round === 'again' ? -300 : 300); await page.waitForTimeout(10); }
      });
  }
} finally {
  await app.close();
}
