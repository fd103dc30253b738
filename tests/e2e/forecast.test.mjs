// The forecast through the page: quotas set in place, an override with its note, figures that lead to their records, what
// changed since a week ago, and the same answers by script. At the size of a desk and of a phone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const dayMs = 86_400_000;
const start = Date.UTC(2026, 10, 12, 9);   // 12 November 2026
const call = (page, question) => page.evaluate((value) => window.outpost.call('forecast', value), question);

async function create(page, object, fields) {
  const answer = await execute(page, { command: 'CreateRecord', object, fields });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.id;
}

async function makeTeam(page) {
  const ann = await create(page, 'User', { FirstName: 'Ann', LastName: 'Li' });
  const bob = await create(page, 'User', { FirstName: 'Bob', LastName: 'Ray', ManagerId: ann });
  const sell = (owner, category, date, amount) =>
    create(page, 'Opportunity', { Name: `Sale ${amount}`, StageName: 'Prospecting', OwnerId: owner, ForecastCategory: category, CloseDate: date, Amount: amount });
  const sale = await sell(bob, 'Commit', '2026-12-31', 5000);
  await sell(ann, 'Closed', '2026-10-01', 1000);
  await sell(bob, 'Pipeline', '2026-11-30', 700);
  await sell(bob, 'Closed', '2027-01-05', 9000);
  return { ann, bob, sale };
}

test('forecast: quota, override and change since a week ago, each figure leading to its records', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ open: false, viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await page.clock.install({ time: start });
  await page.goto(app.address);
  await until(() => page.evaluate(() => typeof window.outpost === 'object'), 'window.outpost');
  await page.evaluate(() => window.outpost.ready);
  const { ann, bob, sale } = await makeTeam(page);
  await page.goto(`${app.address}#/forecast`);
  const row = (name) => page.getByRole('row', { name: new RegExp(name) });
  const text = (name) => row(name).first().textContent();
  await until(async () => /6,000/.test(await text('Ann Li')), 'the figures');

  // The quota of a person, typed into its cell.
  await page.getByRole('button', { name: 'Set quotas' }).click();
  const field = page.getByRole('textbox', { name: 'Bob Ray: quota' });
  await field.fill('10000');
  await field.press('Enter');
  await until(async () => (await query(page, 'SELECT QuotaAmount FROM ForecastingQuota')).records[0]?.QuotaAmount === 10000, 'the quota');
  await until(async () => /10%/.test(await text('Ann Li')), 'the attainment of the team');

  // A figure leads to just the records that it adds up.
  await row('Ann Li').first().getByRole('link', { name: '6,000', exact: true }).first().click();
  await until(() => page.getByText('Sale 5000').first().isVisible().catch(() => true) && page.url().includes('#/o/Opportunity'), 'the list');
  const listed = await until(async () => {
    const names = await page.getByRole('link', { name: /^Sale / }).allTextContents();
    return names.length > 0 && names;
  }, 'the records');
  assert.equal(listed.length, 2);
  await page.goBack();

  // An override with a note, by its address as by the row's menu.
  await page.goto(`${app.address}#/forecast?dialog=${encodeURIComponent(`override:${bob}:Commit`)}`);
  await page.getByRole('textbox', { name: 'Amount' }).fill('6500');
  await page.getByRole('textbox', { name: 'Note' }).fill('They signed the letter of intent');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await until(async () => /from 5,000/.test(await text('Bob Ray')), 'the override beside the figure');
  const answer = await call(page, { scope: 'Team', user: ann });
  assert.equal(answer.ok, true);
  assert.equal(answer.total[0].commit.amount, 6000);
  assert.equal(answer.total[0].commit.adjusted, 7500);
  const bobs = answer.rows.find((each) => each.user === bob).figures[0];
  assert.equal(bobs.commit.adjustment.note, 'They signed the letter of intent');
  assert.equal(bobs.quota, 10000);

  // Ten days later the sale is smaller.
  await page.clock.setFixedTime(start + 10 * dayMs);
  assert.equal((await execute(page, { command: 'UpdateRecord', object: 'Opportunity', id: sale, fields: { Amount: 4000 } })).ok, true);
  await page.goto(`${app.address}#/forecast?since=week`);
  await until(async () => /−1,000 down/.test(await text('Bob Ray')), 'the change since a week ago');
  assert.equal((await call(page, { user: bob, since: '2026-11-15' })).total[0].commit.before, 5000);
  assert.equal((await call(page, { user: bob, since: '2026-10-01' })).since.known, false);
  await page.goto(`${app.address}#/forecast?since=month`);
  await until(() => page.getByText(/isn’t known: the history here begins on/).first().isVisible(), 'what the history does not know');
  await app.close();
});

test('forecast: cards on a phone, in Chinese', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 390, height: 844 }, locale: 'zh-CN', hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await page.evaluate(() => window.outpost.call('generate', { opportunities: 400, seed: 1 }));
  await page.goto(`${app.address}#/forecast`);
  await until(async () => (await page.getByRole('listitem').count()) > 1, 'the cards');
  const card = page.getByRole('listitem', { name: 'Maya Hoffmann', exact: true });
  assert.match(await card.getByRole('link', { name: /^承诺: / }).first().getAttribute('aria-label') ?? await card.getByRole('link', { name: /^承诺: / }).first().textContent(), /\d/);
  await card.getByRole('button').last().click();
  await page.getByRole('menuitem', { name: '设置配额' }).click();
  const quota = page.getByRole('textbox', { name: '配额' });
  await quota.fill('123456');
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await until(async () => (await query(page, "SELECT QuotaAmount FROM ForecastingQuota WHERE QuotaAmount = 123456")).totalSize === 1, 'the quota');
  await app.close();
});
