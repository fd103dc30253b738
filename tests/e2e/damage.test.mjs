// Damage on the disk, as it really happens: bytes of the closed profile are changed, in the database's files or in those
// of the private file system. The page opens with everything, from the copy that is whole, and says what it found.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, hands, makeProfile, openApp, query, ready, site, until } from './support.mjs';

async function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    found.push({ path, size: (await stat(path)).size });
  }
  return found.sort((a, b) => b.size - a.size);
}

// Flips bytes at these places (parts of the whole length).
async function flip(path, places) {
  const bytes = await readFile(path);
  for (const place of places) {
    const at = Math.floor(bytes.length * place);
    for (let i = 0; i < 8; ++i) bytes[at + i] ^= 0x5A;
  }
  await writeFile(path, bytes);
}

const create = async (page, from, to) => {
  for (let i = from; i < to; ++i) {
    const answer = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: `Account ${i}`, Description: 'd'.repeat(200 + i) } });
    assert.equal(answer.ok, true);
  }
};
async function whole(page, count) {
  const { records } = await query(page, 'SELECT Name FROM Account ORDER BY CreatedDate, Name');
  assert.deepEqual(new Set(records.map((record) => record.Name)), new Set(Array.from({ length: count }, (_, i) => `Account ${i}`)));
  assert.deepEqual((await page.evaluate(() => window.outpost.call('verify'))).faults, []);
}

async function prepared(t) {
  const server = await startServer(site);
  const profile = await makeProfile();
  t.after(async () => { await server.close(); await profile.remove(); });
  const app = await openApp({ server, profile });
  await create(app.page, 0, 60);
  await app.page.evaluate(() => window.outpost.call('compact'));
  await create(app.page, 60, 120);
  await app.page.waitForTimeout(300);
  await app.close();
  return { server, profile };
}

async function reopened({ server, profile }, check) {
  const app = await openApp({ server, profile });
  await check(app.page);
  await app.close();
}

test('a damaged database is thrown away by the browser, and comes back from the private files', { timeout: 180_000 }, async (t) => {
  const place = await prepared(t);
  const folder = join(place.profile.folder, 'Default/IndexedDB');
  const logs = (await filesUnder(folder)).filter(({ path, size }) => /\.(log|ldb)$/.test(path) && size > 4096);
  if (logs.length === 0) return t.skip('this browser keeps IndexedDB in another form');
  for (const { path } of logs) await flip(path, [0.2, 0.4, 0.6, 0.8]);
  await reopened(place, async (page) => {
    await until(() => page.getByRole('dialog', { name: 'Your data was recovered' }).count(), 'the report', 5000);
    assert.equal(await page.getByText('The browser had thrown away one of the two copies', { exact: false }).count() > 0, true);
    await whole(page, 120);
    await create(page, 120, 121);
    await page.waitForTimeout(500);
  });
  await reopened(place, async (page) => {
    assert.equal(await page.getByRole('dialog').count(), 0);
    await whole(page, 121);
  });
});

test('damaged private files are reported, and what they lack comes from the database', { timeout: 240_000 }, async (t) => {
  const place = await prepared(t);
  const files = async () => (await filesUnder(join(place.profile.folder, 'Default/File System')))
    .filter(({ path, size }) => /[/\\]t[/\\]\d+[/\\]\d+$/.test(path) && size > 1000);
  assert.ok((await files()).length >= 2, 'a journal and a snapshot are there');
  let count = 120;
  for (const places of [[0.9], [0.5], [0.1, 0.3, 0.6, 0.95]]) {
    for (const { path } of await files()) await flip(path, places);
    await reopened(place, async (page) => {
      await until(() => page.getByRole('dialog', { name: 'Your data was recovered' }).count(), 'the report', 5000);
      await whole(page, count);
      await page.getByRole('button', { name: /understood|Got it|OK/i }).click();
      await create(page, count, count + 1);
      count += 1;
      await page.waitForTimeout(700);
    });
    await reopened(place, async (page) => {
      assert.equal(await page.getByRole('dialog').count(), 0, 'reported once');
      await whole(page, count);
    });
  }
});

test('private files that were cut short are whole again after one visit', { timeout: 240_000 }, async (t) => {
  const place = await prepared(t);
  const files = async () => (await filesUnder(join(place.profile.folder, 'Default/File System')))
    .filter(({ path, size }) => /[/\\]t[/\\]\d+[/\\]\d+$/.test(path) && size > 1000);
  const before = await files();
  for (const { path, size } of before) await truncate(path, Math.floor(size * 0.9));
  await reopened(place, async (page) => {
    await whole(page, 120);
    await page.waitForTimeout(4000);
  });
  assert.ok((await files())[0].size >= before[0].size);
  // They alone have everything now.
  await rm(join(place.profile.folder, 'Default/IndexedDB'), { recursive: true });
  await reopened(place, async (page) => {
    await whole(page, 120);
    await page.waitForTimeout(1500);
    assert.equal(await page.getByRole('dialog').count(), 0);
  });
});

test('both copies damaged: what can be read is there, the rest is reported and kept', { timeout: 180_000 }, async (t) => {
  const place = await prepared(t);
  for (const folder of ['Default/IndexedDB', 'Default/File System']) {
    const found = (await filesUnder(join(place.profile.folder, folder))).filter(({ path, size }) =>
      size > 4096 && (/\.(log|ldb)$/.test(path) || /[/\\]t[/\\]\d+[/\\]\d+$/.test(path)));
    for (const { path } of found) await flip(path, [0.7]);
  }
  await reopened(place, async (page) => {
    await until(() => page.getByRole('dialog', { name: 'Your data was recovered' }).count(), 'the report', 5000);
    const { totalSize } = await query(page, 'SELECT COUNT() FROM Account');
    assert.ok(totalSize >= 100, `${totalSize} of 120 accounts`);
    assert.deepEqual((await page.evaluate(() => window.outpost.call('verify'))).faults, []);
  });
  const toSettings = async (page) => {
    await page.evaluate(() => { location.hash = '#/settings'; });
    await until(() => page.getByRole('button', { name: 'Erase everything' }).count(), 'the settings');
    return page.getByRole('button', { name: 'Remove them' });
  };
  await reopened(place, async (page) => {
    const { press, named } = hands(page);
    await press(await toSettings(page));
    await press(named('button', 'Remove them', page.getByRole('alertdialog').or(page.getByRole('dialog'))));
    await until(async () => await page.getByRole('button', { name: 'Remove them' }).count() === 0, 'them to be gone');
    await page.waitForTimeout(1500);
  });
  await reopened(place, async (page) => assert.equal(await (await toSettings(page)).count(), 0));
});

// In these visits no worker gives the private files, or no reading of the database comes to its end.
const withoutFiles = () => { globalThis.Worker = class { constructor() { throw new Error('no worker'); } }; };
const withoutReading = () => {
  for (const name of ['getAll', 'openCursor']) {
    const real = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...values) {
      if (window.canRead) return real.apply(this, values);
      queueMicrotask(() => { try { this.transaction.abort(); } catch { /* it is, then */ } });
      return real.apply(this, values);
    };
  }
};

async function visit({ server, profile }, scripts, check) {
  const app = await openApp({ server, profile, open: false });
  for (const script of scripts) await app.page.addInitScript(script);
  await app.page.goto(app.address);
  try { await check(app.page); } finally { await app.close(); }
}

test('a database that can not be read is not taken for an empty one', { timeout: 180_000 }, async (t) => {
  const server = await startServer(site), profile = await makeProfile(), place = { server, profile };
  t.after(async () => { await server.close(); await profile.remove(); });
  await visit(place, [withoutFiles], async (page) => {
    await ready(page);
    await create(page, 0, 20);
    await page.evaluate(() => window.outpost.call('compact'));
    await create(page, 20, 25);
  });
  await visit(place, [withoutFiles, withoutReading], async (page) => {
    await until(() => page.getByText('The browser could not read the stored data', { exact: false }).count(), 'the message', 10_000);
    assert.equal((await ready(page)).error.code, 'STORAGE_FAILURE');
  });
  await visit(place, [withoutFiles], async (page) => {
    await ready(page);
    await whole(page, 25);
  });
  // Nor is its history, when it is asked for.
  await visit(place, [withoutFiles, withoutReading, () => { window.canRead = true; }], async (page) => {
    await ready(page);
    const history = await page.evaluate(() => {
      window.canRead = false;
      return window.outpost.call('forecast', { since: '2026-01-01' });
    });
    assert.equal(history.error.code, 'STORAGE_FAILURE');
  });
  // The files are empty: they don't stand for what the database holds.
  await visit(place, [withoutReading], (page) => until(() => page.getByText('The browser could not read the stored data', { exact: false }).count(), 'the message', 10_000));
  await reopened(place, async (page) => {
    await whole(page, 25);
    await page.waitForTimeout(3000);
  });
});

test('what the private files hold opens, though they are damaged and the database can not be read', { timeout: 180_000 }, async (t) => {
  const place = await prepared(t);
  const files = (await filesUnder(join(place.profile.folder, 'Default/File System'))).filter(({ path, size }) => /[/\\]t[/\\]\d+[/\\]\d+$/.test(path) && size > 1000);
  for (const { path } of files) await flip(path, [0.95]);
  await visit(place, [withoutReading], async (page) => {
    await until(() => page.getByRole('dialog', { name: 'Your data was recovered' }).count(), 'the report', 10_000);
    const { totalSize } = await query(page, 'SELECT COUNT() FROM Account');
    assert.ok(totalSize >= 100, `${totalSize} of 120 accounts`);
  });
});
