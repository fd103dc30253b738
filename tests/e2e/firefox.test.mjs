// The page in Firefox, the distribution's own: what a rep does on the first day, by role and name.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { openApp, query, ready, site, until } from './support.mjs';

const one = async (page, soql) => (await query(page, soql)).records[0];

test('Firefox: first visit, sample data, list, record, edit, reload, board, import, offline', { timeout: 240_000 }, async (t) => {
  const server = await startServer(site);
  const folder = await mkdtemp(join(tmpdir(), 'outpost-firefox-'));
  let app;
  t.after(async () => {
    await app?.close();
    await server.close().catch(() => {});
    await rm(folder, { recursive: true, force: true });
  });
  app = await openApp({ engine: 'firefox', server, viewport: { width: 1280, height: 1600 } });  // tall: a whole record is in sight
  let { page } = app;

  await t.test('the first visit offers sample data, and the list shows it', async () => {
    await page.getByRole('button', { name: /sample data/i }).first().click();
    await until(async () => (await query(page, 'SELECT COUNT() FROM Opportunity')).totalSize > 10, 'the sample data');
    await page.getByRole('navigation').getByRole('link', { name: 'Accounts' }).first().click();
    await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
    await until(async () => (await page.getByRole('grid').getByRole('row').count()) > 5, 'rows');
  });

  await t.test('a record opens, is edited in place, and is there after a reload', async () => {
    const { Id, Name } = await one(page, 'SELECT Id, Name FROM Opportunity WHERE HasOpportunityLineItem = false ORDER BY Name LIMIT 1');
    await page.goto(`${app.address}#/r/${Id}`);
    await page.getByRole('heading', { name: Name, level: 1 }).waitFor();
    await page.getByRole('button', { name: /^Edit Next Step/ }).or(page.getByRole('button', { name: /^Next Step/ })).first().click();
    const field = page.getByRole('textbox', { name: 'Next Step' });
    await field.fill('Send the quote');
    await field.press('Enter');
    await until(async () => (await one(page, `SELECT NextStep FROM Opportunity WHERE Id = '${Id}'`)).NextStep === 'Send the quote', 'the edit');
    await page.getByRole('status').getByText('Saved').first().waitFor();
    await page.reload();
    await ready(page);
    assert.equal((await one(page, `SELECT NextStep FROM Opportunity WHERE Id = '${Id}'`)).NextStep, 'Send the quote');
  });

  await t.test('a card moves on the board by keyboard', async () => {
    await page.goto(`${app.address}#/o/Opportunity/board`);
    const card = page.getByRole('group', { name: /^Prospecting, / }).getByRole('link').first();
    await card.waitFor();
    const name = (await card.textContent() || await card.getAttribute('aria-label')).split(/[,\n]/)[0];
    const count = async () => (await query(page, "SELECT COUNT() FROM Opportunity WHERE StageName = 'Prospecting'")).totalSize;
    const before = await count();
    await card.focus();
    await page.keyboard.press('Control+ArrowRight');
    await until(async () => (await count()) === before - 1, `the move of ${name}`);
  });

  await t.test('a small CSV is imported', async () => {
    const file = join(folder, 'leads.csv');
    await writeFile(file, 'First Name,Last Name,Company,Email\nZoë,Müller,Müller & Söhne,zoe@example.com\n伟,李,北京科技,li@example.cn\n');
    const before = (await query(page, 'SELECT COUNT() FROM Lead')).totalSize;
    await page.goto(`${app.address}#/import?object=Lead`);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(file);
    await page.getByRole('button', { name: 'Check the values' }).waitFor();
    const press = async (name) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await press('Check the values');
    await page.getByRole('button', { name: 'Import 2 rows', exact: true }).waitFor();
    await press('Import 2 rows');
    await page.getByRole('button', { name: 'Open the list' }).waitFor();
    assert.equal((await query(page, 'SELECT COUNT() FROM Lead')).totalSize, before + 2);
  });

  await t.test('the page opens without a network, with all that was done', async () => {
    await until(() => page.evaluate(() => navigator.serviceWorker.ready.then(() => true)), 'the service worker');
    await page.close();
    await server.close();
    page = await app.browser.newPage();
    await page.goto(app.address);
    await ready(page);
    assert.equal((await query(page, "SELECT COUNT() FROM Opportunity WHERE NextStep = 'Send the quote'")).totalSize, 1);
  });
});
