// Damage on the disk, as it really happens: bytes of the closed profile are changed, in the database's files or in those
// of the private file system. The page opens with everything, from the copy that is whole, and says what it found.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, makeProfile, openApp, query, ready, site, until } from './support.mjs';

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
});
