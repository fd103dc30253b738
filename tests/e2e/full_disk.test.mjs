// A disk that is really full: the browser's profile lies on a small file system of its own. Chromium then throws away all
// that the site keeps, both copies, while the page is open. The page says that it does not save, calls nothing saved that
// is not, offers a backup, and writes everything anew as soon as there is room. Needs the right to mount; without it
// these tests are skipped and say so. Where only a copy is deleted under the page, no small disk is needed.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, killBrowser, makeProfile, openApp, query, ready, site, until } from './support.mjs';

const quiet = (command, ...values) => execFileSync(command, values, { stdio: 'pipe' });
const create = (page, name, text = '') => execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: name, Description: text } });
const count = async (page, where = '') => (await query(page, `SELECT COUNT() FROM Account ${where}`)).totalSize;
const notSaved = (page) => page.getByText(/not saved/).count();

// A profile on a disk of its own, null where that is not allowed.
async function smallDisk(t) {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-small-disk-'));
  try {
    quiet('mount', '-t', 'tmpfs', '-o', 'size=120m', 'tmpfs', folder);
  } catch {
    await rm(folder, { recursive: true });
    t.skip('mounting a file system is not allowed here');
    return null;
  }
  const server = await startServer(site);
  t.after(async () => {
    killBrowser(folder);
    await server.close();
    quiet('umount', '-l', folder);
    await rm(folder, { recursive: true, force: true });
  });
  const ballast = join(folder, 'ballast');
  const held = [];
  let filler = null;
  const letGo = () => { for (const file of held.splice(0)) closeSync(file); };
  t.after(() => { filler?.kill(); letGo(); });
  return {
    server, profile: { folder },
    fill() {  // to the last byte
      for (const command of [`dd if=/dev/zero of=${ballast} bs=64k count=4000`, `dd if=/dev/zero bs=1k count=4000 >> ${ballast}`])
        try { quiet('sh', '-c', command); } catch { /* full, as wanted */ }
    },
    // What is deleted makes no room: it is held open here, and what little is set free is taken at once.
    async keepFull() {
      this.fill();
      for (const part of ['IndexedDB', 'File System'])
        for (const entry of readdirSync(join(folder, 'Default', part), { withFileTypes: true, recursive: true }))
          if (entry.isFile()) held.push(openSync(join(entry.parentPath ?? entry.path, entry.name)));
      filler = spawn('sh', ['-c', `while :; do cat /dev/zero >> ${ballast}; echo full; sleep 0.01; done`], { stdio: ['ignore', 'pipe', 'ignore'] });
      await new Promise((done) => { filler.stdout.once('data', done); });
      filler.stdout.resume();
    },
    async free() {
      if (filler && filler.exitCode === null && filler.kill()) await new Promise((done) => { filler.once('exit', done); });
      letGo();
      await rm(ballast);
    },
  };
}

// The browser is killed, and what a new one finds is looked at.
async function afterKill({ server, profile }, app, check) {
  killBrowser(profile.folder);
  await app.close({ expected: [/.*/] }).catch(() => {});
  await rm(join(profile.folder, 'SingletonLock'), { force: true });
  const again = await openApp({ server, profile });
  await check(again.page);
  assert.deepEqual((await again.page.evaluate(() => window.outpost.call('verify'))).faults, []);
  await again.close({ expected: [/.*/] });
}

test('edits on a full disk are not called saved, and all of them are saved when there is room', { timeout: 240_000 }, async (t) => {
  const disk = await smallDisk(t);
  if (!disk) return;
  const app = await openApp(disk), { page } = app;
  for (let i = 0; i < 20; ++i) await create(page, `Saved ${i}`);
  disk.fill();
  // Enough of them to outgrow what a file had reserved.
  await page.evaluate(() => {
    window.resolved = 0;
    for (let i = 0; i < 40; ++i) {
      window.outpost.execute({ command: 'CreateRecord', object: 'Account', fields: { Name: `Waiting ${i}`, Description: 'w'.repeat(30_000) } })
        .then(() => { window.resolved += 1; });
    }
  });
  // Unless what the browser deleted made room for them: then they are saved, whatever it says of the rest.
  await until(async () => (await notSaved(page)) > 0 || (await page.evaluate(() => window.resolved)) === 40, 'the warning', 20_000);
  assert.equal(await count(page, "WHERE Name LIKE 'Waiting%'"), 40, 'the edits are there to be seen');
  // A way out: the backup is made in memory and leaves the browser.
  const backup = await page.evaluate(async () => (await window.outpost.backup()).bytes.length);
  assert.ok(backup > 1000);
  await disk.free();
  if (await notSaved(page)) await page.getByRole('button', { name: 'Try again' }).first().click({ timeout: 2000 }).catch(() => { /* it was quicker by itself */ });
  await until(() => page.evaluate(() => window.resolved === 40), 'the waiting edits to be saved', 40_000);
  await until(async () => (await notSaved(page)) === 0, 'the warning to go', 20_000);
  assert.equal((await create(page, 'After')).ok, true);
  await afterKill(disk, app, async (again) => assert.equal(await count(again), 61));
});

// What deletes a copy: the browser itself, as when a person clears a site's data; or another page of the site.
const clear = (types) => async (app) => {
  const session = await app.browser.newCDPSession(app.page);
  await session.send('Storage.clearDataForOrigin', { origin: new URL(app.address).origin, storageTypes: types });
};
const deleteDatabase = async (app) => {
  const other = await app.browser.newPage();
  await other.goto(`${app.address}manifest.webmanifest`);
  assert.equal(await other.evaluate(() => new Promise((resolve) => {
    const request = indexedDB.deleteDatabase('outpost');
    request.onsuccess = () => resolve('deleted');
    request.onerror = () => resolve(request.error.name);
  })), 'deleted');
  await other.close();
};
// What Chromium does to a site on a full disk by itself, sooner or later; and nothing is left of the room that it makes.
test('thrown away on a disk that stays full: nothing is called saved, and all is written when there is room, without a click', { timeout: 240_000 }, async (t) => {
  const disk = await smallDisk(t);
  if (!disk) return;
  const app = await openApp(disk), { page } = app;
  for (let i = 0; i < 20; ++i) await create(page, `Saved ${i}`, 's'.repeat(20_000));
  await page.waitForTimeout(500);
  await disk.keepFull();
  await clear('indexeddb,file_systems')(app);
  await until(() => notSaved(page), 'the warning', 20_000);
  await page.evaluate(() => { window.outpost.execute({ command: 'CreateRecord', object: 'Account', fields: { Name: 'Waiting' } }).then(() => { window.resolved = true; }); });
  await page.waitForTimeout(5000);
  assert.equal(await page.evaluate(() => window.resolved), undefined, 'called saved, and no copy is there');
  assert.equal(await count(page), 21);
  assert.ok(await page.evaluate(async () => (await window.outpost.backup()).bytes.length) > 1000);
  await disk.free();
  await until(() => page.evaluate(() => window.resolved), 'the edit to be saved', 30_000);
  await until(async () => (await notSaved(page)) === 0, 'the warning to go', 20_000);
  await afterKill(disk, app, async (again) => assert.equal(await count(again), 21));
});

test('left alone on a full disk, all that was saved is there after a kill when there was room again', { timeout: 240_000 }, async (t) => {
  const disk = await smallDisk(t);
  if (!disk) return;
  const app = await openApp(disk), { page } = app;
  for (let i = 0; i < 20; ++i) await create(page, `Saved ${i}`);
  await page.waitForTimeout(500);
  disk.fill();
  await page.waitForTimeout(20_000);
  await disk.free();
  await page.waitForTimeout(10_500);  // the longest pause between two attempts, and the attempt
  await until(async () => (await page.getByText('Saved', { exact: true }).count()) > 0, 'all to be saved', 10_000);
  await afterKill(disk, app, async (again) => assert.equal(await count(again), 20));
});

// As on a full disk, without one: a connection that is closed under the page leaves what was begun meanwhile without an end.
test('a connection closed while something is written to it: edits go on being saved, in both copies', { timeout: 60_000 }, async (t) => {
  const app = await openApp({ open: false }), { page } = app;
  t.after(() => app.close());
  await page.addInitScript(() => {
    const { transaction } = IDBDatabase.prototype;
    let closed = false;
    IDBDatabase.prototype.transaction = function (stores, ...rest) {
      if (closed || stores !== 'scratch') return transaction.call(this, stores, ...rest);
      closed = true;
      setTimeout(() => { this.close(); this.dispatchEvent(new Event('close')); });
      return { objectStore: () => ({ put() {}, clear() {} }), commit() {} };
    };
    window.wasClosed = () => closed;
  });
  await page.goto(app.address);
  await ready(page);
  await create(page, 'Before');
  await until(() => page.evaluate(() => window.wasClosed()), 'the connection to be closed', 10_000);
  await page.evaluate(() => { window.outpost.execute({ command: 'CreateRecord', object: 'Account', fields: { Name: 'After' } }).then(() => { window.resolved = true; }); });
  await until(() => page.evaluate(() => window.resolved), 'the edit to be saved', 15_000);
  await until(async () => (await page.getByText('Saved', { exact: true }).count()) > 0, 'all to be saved', 10_000);
  await until(() => page.evaluate(() => new Promise((resolve) => {
    const opened = indexedDB.open('outpost');
    opened.onsuccess = () => {
      const keys = opened.result.transaction('log').objectStore('log').getAllKeys();
      keys.onsuccess = () => { opened.result.close(); resolve(keys.result.at(-1)?.[0] === 3); };
    };
  })), 'the edit in the second copy', 15_000);
});

// Where deleted files can't be read any more: the records in memory are all that is left.
const unreadable = `
  let readable = new WeakSet();
  const { createSyncAccessHandle } = FileSystemFileHandle.prototype, { read } = FileSystemSyncAccessHandle.prototype;
  FileSystemFileHandle.prototype.createSyncAccessHandle = async function () {
    const handle = await createSyncAccessHandle.call(this);
    readable.add(handle);
    return handle;
  };
  FileSystemSyncAccessHandle.prototype.read = function (...values) {
    if (!readable.has(this)) throw new DOMException('', 'InvalidStateError');
    return read.apply(this, values);
  };
  new BroadcastChannel('test').onmessage = () => { readable = new WeakSet(); };
`;

test('deleted and not to be read any more: the records are written anew from the page', { timeout: 120_000 }, async (t) => {
  const server = await startServer(site), profile = await makeProfile();
  t.after(async () => { await server.close(); await profile.remove(); });
  const app = await openApp({ server, profile, open: false, serviceWorkers: 'block' }), { page } = app;
  await page.route(/store_worker/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `{${unreadable}}\n${await response.text()}` });
  });
  await page.goto(app.address);
  await until(() => create(page, 'Before 0').then(({ ok }) => ok), 'the page');
  for (let i = 1; i < 10; ++i) await create(page, `Before ${i}`);
  await page.waitForTimeout(1000);
  await page.evaluate(() => new BroadcastChannel('test').postMessage(0));
  await page.waitForTimeout(100);
  await clear('indexeddb,file_systems')(app);
  await page.waitForTimeout(2000);
  for (let i = 0; i < 5; ++i) assert.equal((await create(page, `After ${i}`)).ok, true);
  await afterKill({ server, profile }, app, async (again) => assert.equal(await count(again), 15));
});

const deletions = [['the private files', clear('file_systems'), 5000], ['the database by another page', deleteDatabase, 0]];
for (const [what, remove, pause] of deletions) {
  test(`deleted under the page: ${what}; what was saved and what is edited afterwards is in both copies`, { timeout: 240_000 }, async (t) => {
    const server = await startServer(site), profile = await makeProfile();
    t.after(async () => { await server.close(); await profile.remove(); });
    const app = await openApp({ server, profile }), { page } = app;
    for (let i = 0; i < 10; ++i) await create(page, `Before ${i}`);
    await page.evaluate(() => window.outpost.call('compact'));
    for (let i = 10; i < 20; ++i) await create(page, `Before ${i}`);
    await page.waitForTimeout(500 + pause);
    await remove(app);
    for (let i = 0; i < 5; ++i) await create(page, `After ${i}`);
    await page.waitForTimeout(5000);  // after which the files are looked up again
    await create(page, 'Last');
    await page.waitForTimeout(1500);
    // Only one of the copies is left to the next page, each in its turn.
    const only = async (types, count) => {
      const again = await openApp({ server, profile, open: false });
      const session = await again.browser.newCDPSession(again.page);
      await session.send('Storage.clearDataForOrigin', { origin: new URL(again.address).origin, storageTypes: types });
      await again.page.goto(again.address);
      await until(() => query(again.page, 'SELECT COUNT() FROM Account').then((answer) => answer.totalSize === count), `all ${count} without ${types}`, 10_000);
      assert.deepEqual((await again.page.evaluate(() => window.outpost.call('verify'))).faults, []);
      await create(again.page, 'One more');
      await again.page.waitForTimeout(2500);
      await again.close({ expected: [/.*/] });
    };
    killBrowser(profile.folder);
    await app.close({ expected: [/.*/] }).catch(() => {});
    await rm(join(profile.folder, 'SingletonLock'), { force: true });
    await only('indexeddb', 26);
    await only('file_systems', 27);
  });
}
