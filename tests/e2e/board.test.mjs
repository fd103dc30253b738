// The opportunity board through the page: totals, moving a card by keyboard and by mouse, undo.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const stageOf = async (page, name) => (await query(page, `SELECT StageName FROM Opportunity WHERE Name = '${name}'`)).records[0].StageName;

test('board: lanes with totals, cards move by keyboard and by mouse, undo brings them back', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.browser.close());
  const { page } = app;
  for (const [Name, Amount, StageName] of [['Big deal', 1200.5, 'Prospecting'], ['Small deal', 99.5, 'Prospecting'], ['Late deal', 10, 'Qualification']]) {
    const answer = await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name, Amount, StageName, CloseDate: '2027-03-31' } });
    assert.equal(answer.ok, true, JSON.stringify(answer));
  }
  await page.goto(`${app.address}#/o/Opportunity/board`);
  const lane = (name) => page.getByRole('list', { name: new RegExp(`^${name}, `) });
  await until(async () => /2 records, \$1,300\.00/.test(await lane('Prospecting').getAttribute('aria-label') ?? await lane('Prospecting').textContent()), 'the lane totals');

  const card = page.getByRole('link', { name: /^Big deal/ });
  await card.focus();
  await page.keyboard.press('Control+ArrowRight');
  await until(async () => (await stageOf(page, 'Big deal')) === 'Qualification', 'the move by keyboard');
  await page.getByRole('button', { name: 'Undo' }).click();
  await until(async () => (await stageOf(page, 'Big deal')) === 'Prospecting', 'the undo');

  const center = async (locator, y) => {
    const box = await locator.boundingBox();
    return [box.x + box.width / 2, y ?? box.y + box.height / 2];
  };
  await page.mouse.move(...await center(page.getByRole('link', { name: /^Small deal/ })));
  await page.mouse.down();
  await page.mouse.move(...await center(lane('Needs Analysis'), 300), { steps: 8 });
  await page.mouse.up();
  await until(async () => (await stageOf(page, 'Small deal')) === 'Needs Analysis', 'the move by mouse');
  const { records } = await query(page, "SELECT Probability, ForecastCategory FROM Opportunity WHERE Name = 'Small deal'");
  assert.equal(records[0].Probability, 20);
  await app.close();
});
