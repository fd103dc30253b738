// History in the browser: what a snapshot has replaced can still be undone and told, from either copy of the store, and a
// copy that was lost gets its history back from the other.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, makeProfile, openApp, query, ready, site, until } from './support.mjs';

const call = (page, name, options) => page.evaluate(([n, o]) => window.outpost.call(n, o), [name, options ?? {}]);
const nameOf = async (page, id) => (await query(page, `SELECT Name FROM Account WHERE Id = '${id}'`)).records[0]?.Name;
const rename = async (page, id, name) => {
  assert.equal((await execute(page, { command: 'UpdateRecord', object: 'Account', id, fields: { Name: name } })).ok, true);
};
const undo = async (page) => assert.equal((await execute(page, { command: 'Undo' })).ok, true);

async function toldNames(page, id) {
  const history = await call(page, 'history', { object: 'Account', id });
  assert.equal(history.ok, true, JSON.stringify(history));
  assert.deepEqual([history.complete, history.damaged, history.missing], [true, 0, 0], JSON.stringify(history));
  for (const line of history.lines) assert.match(line.time, /^\d{4}-\d\d-\d\dT/);
  assert.equal(history.lines.at(-1).event, 'Created');
  assert.ok(history.lines.every((line) => line.userName));
  return history.lines.filter((line) => line.field === 'Name').map((line) => line.after);
}

// How much of the journal each copy holds, and up to where a snapshot covers it, as seen from the page.
const stored = (page) => page.evaluate(async () => {
  const db = await new Promise((resolve, reject) => {
    const request = indexedDB.open('outpost');
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
  const tx = db.transaction(['log', 'meta']);
  const log = tx.objectStore('log').getAllKeys(), meta = tx.objectStore('meta').get('snapshot');
  await new Promise((resolve) => { tx.oncomplete = resolve; });
  db.close();
  return { newest: log.result.at(-1)?.[0] ?? 0, snapshot: meta.result?.sequence ?? 0 };
});

// A page of the same origin that does not open the store.
async function losing(app, what) {
  const page = await app.browser.newPage();
  await page.goto(`${app.address}manifest.webmanifest`);
  const done = await page.evaluate(async (copy) => {
    if (copy === 'indexeddb') {
      return new Promise((resolve) => {
        const request = indexedDB.deleteDatabase('outpost');
        request.onsuccess = () => resolve(true);
        request.onerror = request.onblocked = () => resolve(false);
      });
    }
    for (let attempt = 0; attempt < 50; ++attempt) {
      try {
        await (await navigator.storage.getDirectory()).removeEntry('outpost', { recursive: true });
        return true;
      } catch { await new Promise((wait) => setTimeout(wait, 100)); }
    }
    return false;
  }, what);
  assert.equal(done, true, `${what} was removed`);
  return page;
}

test('undo and field history go back past a snapshot, with either copy gone', { timeout: 240_000 }, async (t) => {
  const server = await startServer(site);
  const profile = await makeProfile();
  const app = await openApp({ server, profile });
  t.after(async () => { await app.close({ expected: [/favicon/] }); await server.close(); await profile.remove(); });
  let page = app.page;
  const { id } = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'One' } });
  await rename(page, id, 'Two');
  // A large entry in the history, that opening must not read.
  const bytes = ['Name', ...Array.from({ length: 20_000 }, (_, i) => `Imported ${i} ${'x'.repeat(i % 50)}`)].join('\r\n');
  const imported = await page.evaluate((text) => window.outpost.importFile({ name: 'a.csv', bytes: text, object: 'Account', options: { map: { Name: 'Name' } } }), bytes);
  assert.equal(imported.created, 20_000);
  await rename(page, id, 'Three');
  assert.equal((await call(page, 'compact')).ok, true);
  await rename(page, id, 'Four');
  assert.deepEqual(await toldNames(page, id), ['Four', 'Three', 'Two', 'One']);

  await page.reload();
  await ready(page);
  assert.deepEqual(await toldNames(page, id), ['Four', 'Three', 'Two', 'One']);
  await undo(page);
  assert.equal(await nameOf(page, id), 'Three');
  await undo(page);
  assert.equal(await nameOf(page, id), 'Two');
  await undo(page);  // the import
  assert.equal((await query(page, 'SELECT COUNT() FROM Account')).totalSize, 1);
  await undo(page);
  assert.equal(await nameOf(page, id), 'One');
  assert.equal((await call(page, 'compact')).ok, true);
  const names = ['One', 'Two', 'Three', 'Four', 'Three', 'Two', 'One'];
  assert.deepEqual(await toldNames(page, id), names);
  const before = await stored(page);

  for (const copy of ['indexeddb', 'opfs', 'indexeddb']) {
    await page.close();
    page = await losing(app, copy);
    await page.goto(app.address);
    await ready(page);
    assert.deepEqual(await toldNames(page, id), names, `right after ${copy} was lost`);
    // The lost copy is written anew, its history first.
    await until(async () => (await stored(page)).snapshot >= before.snapshot, 'the database to be whole again');
    await rename(page, id, `After ${copy}`);
    names.unshift(`After ${copy}`);
    if (copy === 'opfs') await page.waitForTimeout(1500);
  }
  await undo(page);
  assert.equal(await nameOf(page, id), 'After opfs');
  const verified = await call(page, 'verify');
  assert.deepEqual(verified.faults, []);
});

test('entries that a snapshot overtakes are in the history of both copies', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  const { page } = app;
  const { id } = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'None' } });
  for (let i = 0; i < 3; ++i) {
    await rename(page, id, `Now ${i}`);
    assert.equal((await call(page, 'compact')).ok, true);
    await until(async () => {
      const { newest, snapshot } = await stored(page);
      return snapshot > 0 && newest >= snapshot;
    }, 'the last edit in the log of IndexedDB', 10_000);
  }
});
