// What is erased is gone from both copies, and the same browser then begins anew, again and again. A page that was
// erased, or replaced by a backup, writes nothing more of what it still shows.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { execute, openApp, query, ready, until } from './support.mjs';

const count = async (page) => (await query(page, 'SELECT COUNT() FROM Account')).totalSize;

async function importAccounts(page, rows, name) {
  const bytes = ['Name,Industry,City', ...Array.from({ length: rows }, (_, i) => `${name} ${i},Energy,City ${i % 100}`)].join('\r\n');
  const answer = await page.evaluate((text) => window.outpost.importFile({ name: 'accounts.csv', bytes: text, object: 'Account',
    options: { map: { Name: 'Name', Industry: 'Industry', City: 'BillingCity' }, createMissing: true } }), bytes);
  assert.equal(answer.created, rows, JSON.stringify(answer).slice(0, 300));
}

async function newPage(app, path = '') {
  const page = await app.browser.newPage();
  await page.goto(app.address + path);
  return page;
}

test('import, erase, close, open again: a first visit each time, and it keeps what is then entered', { timeout: 180_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  let page = app.page;
  for (let round = 0; round < 5; ++round) {
    await importAccounts(page, 5000, `round ${round}`);
    // Now and then while a snapshot is being written, now and then after it.
    if (round % 2) await page.waitForTimeout(700);
    const answer = await page.evaluate(() => window.outpost.erase());
    assert.equal(answer.ok, true);
    const late = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'too late' } });
    assert.equal(late.ok, false);
    assert.match(late.error.message, /Load the page anew/);
    await page.close();

    page = await newPage(app);
    await ready(page);
    assert.equal(await count(page), 0, `round ${round}`);
    for (let edit = 0; edit < 3; ++edit) {
      assert.equal((await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: `edit ${edit}` } })).ok, true);
    }
    await page.reload();
    await ready(page);
    assert.equal(await count(page), 3, `round ${round}`);
    assert.deepEqual((await page.evaluate(() => window.outpost.call('verify'))).faults, []);
    assert.equal(await page.getByText(/could not be read/).count(), 0);
  }
});

test('a restored backup is not written over by the page that restored it', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  await importAccounts(app.page, 3000, 'kept');
  await app.page.evaluate(async () => {
    window.kept = (await window.outpost.backup()).bytes;
  });
  // The import's own snapshot is under way while the backup is restored.
  await importAccounts(app.page, 20_000, 'dropped');
  const answer = await app.page.evaluate(() => window.outpost.restore(window.kept));
  assert.equal(answer.ok, true, JSON.stringify(answer));
  assert.equal((await execute(app.page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'too late' } })).ok, false);
  await app.page.waitForTimeout(500);
  await app.page.reload();
  await ready(app.page);
  assert.equal(await count(app.page), 3000);
});

test('a backup is saved and put back by the page itself', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  const { page } = app;
  await importAccounts(page, 20, 'kept');
  await page.goto(`${app.address}#/settings`);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save a backup' }).click();
  const path = await (await saving).path();
  await importAccounts(page, 30, 'more');
  assert.equal(await count(page), 50);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Restore a backup' }).click();
  await (await choosing).setFiles({ name: 'own.backup', mimeType: 'application/octet-stream', buffer: await readFile(path) });
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await dialog.getByText('Restore “own.backup”?').waitFor();
  await page.evaluate(() => { window.isOld = true; });
  await dialog.getByRole('button', { name: 'Replace everything' }).click();
  await until(() => page.evaluate(() => !window.isOld).catch(() => false), 'the page to load anew');
  await ready(page);
  assert.equal(await count(page), 20);
});

test('what was erased leaves nothing of a form behind, and a page whose data was replaced says so', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  const { page } = app;
  const kept = () => page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith('outpost.')));
  await page.goto(`${app.address}#/o/Contact/new`);
  await page.getByRole('textbox', { name: 'Last Name' }).fill('Topsecret');
  await until(() => page.evaluate(() => (localStorage.getItem('outpost.form') ?? '').includes('Topsecret')), 'what was typed to be kept');
  assert.equal((await page.evaluate(() => window.outpost.erase())).ok, true);
  await page.getByText('The data of this page was replaced').first().waitFor();
  assert.equal(await page.getByText(/could not be saved|Not saved/).count(), 0);
  assert.deepEqual(await kept(), []);
  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Reload' }).click();
  await until(() => page.evaluate(() => Boolean(window.outpost)).catch(() => false), 'the page to load anew');
  await ready(page);
  await page.goto(`${app.address}#/o/Contact/new`);
  await page.getByRole('textbox', { name: 'Last Name' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Last Name' }).inputValue(), '');
});
