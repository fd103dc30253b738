// The page in WebKitGTK, the distribution's own: what a rep does on the first day.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { keys, openWebKit } from './platform/webdriver.mjs';
import { site, until } from './support.mjs';

test('WebKit: first visit, sample data, list, record, edit, reload, board, import, offline', { timeout: 240_000 }, async (t) => {
  const server = await startServer(site);
  const page = await openWebKit();
  t.after(async () => { await page.close(); await server.close().catch(() => {}); });
  await page.goto(server.address);
  await page.ready();
  const one = async (soql) => (await page.query(soql)).records[0];

  await t.test('the first visit offers sample data, and the list shows it', async () => {
    await page.click('button', /sample data/i);
    await until(async () => (await page.query('SELECT COUNT() FROM Opportunity')).totalSize > 10, 'the sample data');
    await page.click('link', /^Accounts$/);
    await page.element('heading', /^Accounts$/);
    await until(async () => (await page.count('row', /./)) > 5, 'rows');
  });

  await t.test('a record opens, is edited in place, and is there after a reload', async () => {
    const { Id, Name } = await one('SELECT Id, Name FROM Opportunity WHERE HasOpportunityLineItem = false ORDER BY Name LIMIT 1');
    await page.run('location.hash = arguments[0]', `#/r/${Id}`);
    await until(async () => (await page.count('heading', new RegExp(Name.slice(0, 12)))) > 0, 'the record');
    await page.focus('button', /^Edit Next Step/);  // by keyboard: it may lie below what is in sight
    await page.type(keys.enter);
    await page.element('textbox', /^Next Step$/);
    await until(() => page.run("return document.activeElement.getAttribute('aria-label') === 'Next Step'"), 'the field');
    await page.type('Send the quote', keys.enter);
    await until(async () => (await one(`SELECT NextStep FROM Opportunity WHERE Id = '${Id}'`)).NextStep?.endsWith('Send the quote'), 'the edit');
    await page.element('status', /^Saved$/);
    await page.reload();
    await page.ready();
    assert.match((await one(`SELECT NextStep FROM Opportunity WHERE Id = '${Id}'`)).NextStep, /Send the quote$/);
  });

  await t.test('a card moves on the board by keyboard', async () => {
    await page.run("location.hash = '#/o/Opportunity/board'");
    await page.element('group', /^Prospecting, /);
    const count = async () => (await page.query("SELECT COUNT() FROM Opportunity WHERE StageName = 'Prospecting'")).totalSize;
    const before = await count();
    await page.run("[...document.querySelectorAll('#mirror [role=group]')].find((e) => e.getAttribute('aria-label')?.startsWith('Prospecting, ')).querySelector('a').focus()");
    await page.type([keys.control, keys.right]);
    await until(async () => (await count()) === before - 1, 'the move');
  });

  await t.test('a small CSV is imported', async () => {
    const answer = await page.wait("return window.outpost.importFile({ name: 'leads.csv', bytes: arguments[0], object: 'Lead', options: {} });",
      'First Name,Last Name,Company\nZoë,Müller,Müller & Söhne\n伟,李,北京科技\n');
    assert.equal(answer.ok, true, JSON.stringify(answer));
    assert.equal((await page.query("SELECT COUNT() FROM Lead WHERE Company = '北京科技'")).totalSize, 1);
  });

  await t.test('the page opens without a network, with all that was done', async () => {
    await until(() => page.wait('return Boolean((await navigator.serviceWorker?.getRegistration())?.active);'), 'the service worker');
    await server.close();
    await page.reload();
    await page.ready();
    assert.equal((await page.query("SELECT COUNT() FROM Lead WHERE Company = '北京科技'")).totalSize, 1);
  });
});
