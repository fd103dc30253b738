// What is erased is gone from both copies, and the same browser then begins anew, again and again. A page that was
// erased, or replaced by a backup, writes nothing more of what it still shows.
import assert from 'node:assert/strict';
import { cp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, makeProfile, openApp, query, ready, site, until } from './support.mjs';

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

// What a visit takes away: a copy that can't be opened.
const without = {
  database: () => { IDBFactory.prototype.open = () => { throw new DOMException('', 'UnknownError'); }; },
  files: () => { globalThis.Worker = class { constructor() { throw new Error('no worker'); } }; },
};

async function place(t) {
  const server = await startServer(site), profile = await makeProfile();
  t.after(async () => { await server.close(); await profile.remove(); });
  return async (lacking, work) => {
    const app = await openApp({ server, profile, open: false });
    if (lacking) await app.page.addInitScript(without[lacking]);
    await app.page.goto(app.address);
    await ready(app.page);
    await work(app.page);
    await app.page.waitForTimeout(1500);
    await app.close();
    return profile.folder;
  };
}

async function create(page, name, from, to) {
  for (let i = from; i < to; ++i) assert.equal((await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: `${name}-${i}` } })).ok, true);
}

async function isWhole(page, names) {
  const { records } = await query(page, 'SELECT Name FROM Account ORDER BY Name');
  assert.deepEqual(records.map((record) => record.Name), names);
  assert.deepEqual((await page.evaluate(() => window.outpost.call('verify'))).faults, []);
  assert.equal(await page.getByRole('dialog').or(page.getByRole('alertdialog')).count(), 0);
}

// In which copies these bytes can be found.
const holders = (page, text) => page.evaluate(async (wanted) => {
  const holds = (bytes) => new TextDecoder('latin1').decode(bytes).includes(wanted);
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('outpost');
  const found = [];
  for await (const file of folder.values()) if (holds(await (await file.getFile()).arrayBuffer())) found.push('files');
  const of = (request) => new Promise((resolve, reject) => { request.onsuccess = () => resolve(request.result); request.onerror = reject; });
  const base = await of(indexedDB.open('outpost'));
  const tx = base.transaction(['log', 'snapshot']);
  for (const all of await Promise.all(['log', 'snapshot'].map((name) => of(tx.objectStore(name).getAll())))) if (all.some(holds)) found.push('database');
  base.close();
  return [...new Set(found)].sort().join();
}, text);

for (const [lacking, other] of [['database', 'files'], ['files', 'database']]) {
  test(`erased while the ${lacking} can not be opened: it does not come back, and is gone when it opens`, { timeout: 240_000 }, async (t) => {
    const visit = await place(t);
    await visit(null, (page) => create(page, 'OLD', 0, 6));
    // What only the copy holds that will be out of reach.
    await visit(other, (page) => create(page, 'OLD', 6, 30));
    await visit(lacking, async (page) => {
      await isWhole(page, [0, 1, 2, 3, 4, 5].map((i) => `OLD-${i}`));
      await page.evaluate(() => { location.hash = '#/settings'; });
      await page.getByRole('button', { name: 'Erase everything' }).click();
      const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
      await dialog.getByRole('button', { name: 'Erase everything' }).click();
      await page.getByText('one of the two copies', { exact: false }).first().waitFor();
      await page.evaluate(() => { window.isOld = true; });
      await page.getByRole('button', { name: 'Reload' }).click();
      await until(() => page.evaluate(() => !window.isOld).catch(() => false), 'the page to load anew');
      await ready(page);
      await isWhole(page, []);
      await create(page, 'NEW', 0, 3);
    });
    await visit(null, async (page) => {
      await isWhole(page, ['NEW-0', 'NEW-1', 'NEW-2']);
      await until(async () => await holders(page, 'OLD-') === '' && await holders(page, 'NEW-') === 'database,files', 'the copy to be emptied and written anew', 20_000);
      await create(page, 'NEW', 3, 4);
    });
    await visit(other, (page) => isWhole(page, ['NEW-0', 'NEW-1', 'NEW-2', 'NEW-3']));
    await visit(null, (page) => isWhole(page, ['NEW-0', 'NEW-1', 'NEW-2', 'NEW-3']));
  });
}

test('a script is told of the copy that is still to be erased', { timeout: 120_000 }, async (t) => {
  const visit = await place(t);
  await visit(null, (page) => create(page, 'OLD', 0, 1));
  await visit('files', async (page) => {
    const answer = await page.evaluate(() => window.outpost.erase());
    assert.equal(answer.ok, true);
    assert.match(answer.message, /one of the two copies/);
  });
  await visit(null, async (page) => {
    await isWhole(page, []);
    assert.equal((await page.evaluate(() => window.outpost.erase())).message, undefined);
  });
});

test('a database from before everything was erased is not mixed with what came after', { timeout: 180_000 }, async (t) => {
  const visit = await place(t);
  const folder = join(await visit(null, (page) => create(page, 'OLD', 0, 9)), 'Default/IndexedDB');
  await cp(folder, `${folder}-before`, { recursive: true });
  await visit(null, async (page) => {
    await page.evaluate(() => window.outpost.erase());
    await page.reload();
    await ready(page);
    await create(page, 'NEW', 0, 2);
  });
  await rm(folder, { recursive: true });
  await cp(`${folder}-before`, folder, { recursive: true });
  for (let i = 0; i < 2; ++i) await visit(null, (page) => isWhole(page, ['NEW-0', 'NEW-1']));
});
