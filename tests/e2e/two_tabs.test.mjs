// Who owns the store: two tabs, a tab that is too busy to answer, one that can't save, and a start that finds one copy
// only. What was called saved is there afterwards, or is kept and told.
import assert from 'node:assert/strict';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { canBeFull, execute, killBrowser, makeProfile, openApp, query, ready, site, until } from './support.mjs';

const create = (page, name) => execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: name } });
const names = async (page) => (await query(page, 'SELECT Name FROM Account ORDER BY Name')).records.map(({ Name }) => Name);
const lock = (page) => page.evaluate(() => window.outpostBoot.lock.state);
const says = (page, text) => page.getByText(text).first().waitFor({ timeout: 15_000 });

test('a tab too busy to answer gives way with all that it had saved, and writes nothing more', { timeout: 120_000 }, async (t) => {
  const server = await startServer(site);
  const profile = await makeProfile();
  let app = await openApp({ server, profile });
  t.after(async () => { await app.close({ expected: [/.*/] }).catch(() => {}); await server.close(); await profile.remove(); });
  const first = app.page;
  await create(first, 'Before 0');
  const second = await app.browser.newPage();
  await second.goto(app.address);
  await second.getByRole('button', { name: 'Use Outpost here' }).waitFor();
  for (let i = 1; i < 5; i++) assert.equal((await create(first, `Before ${i}`)).ok, true);
  await first.evaluate(() => { setTimeout(() => { for (const end = Date.now() + 9000; Date.now() < end;); }, 0); });
  await second.getByRole('button', { name: 'Use Outpost here' }).click();
  await ready(second);
  assert.equal((await names(second)).length, 5);
  for (let i = 0; i < 3; i++) assert.equal((await create(second, `Later ${i}`)).ok, true);
  await until(async () => (await lock(first)) === 'lost', 'the first tab to know', 15_000);
  await says(first, 'Everything was saved before it moved.');
  const late = await create(first, 'Too late');
  assert.equal(late.ok, false);
  assert.match(JSON.stringify(late), /Another tab has taken the data over/);
  await second.waitForTimeout(2500);
  // And back, without a word about edits that are not saved.
  await first.reload();
  await first.getByRole('button', { name: 'Use Outpost here' }).click();
  await ready(first);
  assert.equal(await lock(second), 'lost');
  assert.equal((await create(first, 'Last')).ok, true);
  await first.waitForTimeout(2500);
  for (let start = 0; start < 2; start++) {
    await app.close({ expected: [/.*/] });
    app = await openApp({ server, profile });
    assert.deepEqual(await names(app.page), ['Before 0', 'Before 1', 'Before 2', 'Before 3', 'Before 4', 'Last', 'Later 0', 'Later 1', 'Later 2']);
    await app.page.waitForTimeout(2500);
  }
});

test('a tab that can’t save says so before another one takes the data, and offers what only it holds', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ open: false, serviceWorkers: 'block' });
  t.after(() => app.close({ expected: [/.*/] }));
  const first = app.page, setFull = await canBeFull(first);
  await first.goto(app.address);
  await ready(first);
  await create(first, 'Kept');
  await first.waitForTimeout(2500);
  await setFull(true);
  await first.waitForTimeout(200);
  const waiting = first.evaluate(() => window.outpost.execute({ command: 'CreateRecord', object: 'Account', fields: { Name: 'Unsaved' } }));
  await says(first, /Not saved/);
  const second = await app.browser.newPage();
  await second.goto(app.address);
  await second.getByRole('button', { name: 'Use Outpost here' }).click();
  await says(second, 'The other tab has edits that it could not save yet.');
  assert.equal(await lock(first), 'owned');
  await second.getByRole('button', { name: 'Use Outpost here without them' }).click();
  await says(first, 'The last edits of this tab could not be saved before it moved');
  assert.equal((await waiting).ok, false);
  const download = first.waitForEvent('download');
  await first.getByRole('button', { name: 'Download a backup' }).click();
  assert.match((await download).suggestedFilename(), /\.backup$/);
  await ready(second);
  assert.deepEqual(await names(second), ['Kept']);
  assert.equal((await create(second, 'Goes on')).ok, true);
});

test('edits that only a copy held which could not be opened for a while are set apart and told, not mixed in', { timeout: 150_000 }, async (t) => {
  const server = await startServer(site);
  const profile = await makeProfile();
  let app = await openApp({ server, profile, open: false, serviceWorkers: 'block' });
  t.after(async () => { await app.close({ expected: [/.*/] }).catch(() => {}); await server.close(); await profile.remove(); });
  // The pause after which the second copy follows never comes, once it is held.
  await app.page.addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = (work, pause, ...rest) => (window.isHeld && pause === 100 ? 0 : later(work, pause, ...rest));
  });
  await app.page.goto(app.address);
  await ready(app.page);
  await create(app.page, 'Base');
  await app.page.waitForTimeout(2500);
  await app.page.evaluate(async () => {
    window.isHeld = true;
    for (let i = 0; i < 3; i++) await window.outpost.execute({ command: 'CreateRecord', object: 'Account', fields: { Name: `Apart ${i}` } });
  });
  killBrowser(profile.folder);  // the files have these, IndexedDB does not
  await app.close({ expected: [/.*/] });

  app = await openApp({ server, profile, open: false, serviceWorkers: 'block' });
  await app.page.route(/store_worker/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `navigator.storage.getDirectory = () => Promise.reject(new DOMException('', 'UnknownError'));\n${await response.text()}` });
  });
  await app.page.goto(app.address);
  await ready(app.page);
  assert.deepEqual(await names(app.page), ['Base']);
  for (let i = 0; i < 5; i++) assert.equal((await create(app.page, `Since ${i}`)).ok, true);
  await app.close({ expected: [/.*/] });

  const since = ['Base', 'Since 0', 'Since 1', 'Since 2', 'Since 3', 'Since 4'];
  app = await openApp({ server, profile, serviceWorkers: 'block' });
  await app.page.getByRole('dialog', { name: 'Your data was recovered' }).waitFor();
  await app.page.getByRole('button', { name: 'Save the damaged bytes' }).waitFor();
  assert.deepEqual(await names(app.page), since);
  assert.equal((await create(app.page, 'Together')).ok, true);
  await app.page.waitForTimeout(4000);
  await app.close({ expected: [/.*/] });

  // Both copies are one again.
  for (const lost of ['neither', 'indexeddb']) {
    app = await openApp({ server, profile, open: false, serviceWorkers: 'block' });
    await app.page.goto(`${app.address}manifest.webmanifest`);
    if (lost === 'indexeddb') await app.page.evaluate(() => new Promise((done) => { indexedDB.deleteDatabase('outpost').onsuccess = done; }));
    await app.page.goto(app.address);
    await ready(app.page);
    assert.deepEqual(await names(app.page), [...since, 'Together'], lost);
    await app.page.waitForTimeout(2500);
    await app.close({ expected: [/.*/] });
  }
});

test('where the browser has no locks, or refuses them, the tabs ask each other', { timeout: 90_000 }, async (t) => {
  for (const refusal of ['undefined', '{ request: () => Promise.reject(new DOMException("", "SecurityError")) }']) {
    const app = await openApp({ open: false });
    t.after(() => app.close({ expected: [/.*/] }));
    await app.browser.addInitScript(`Object.defineProperty(navigator, 'locks', { value: ${refusal} })`);
    await app.page.goto(app.address);
    await ready(app.page);
    await create(app.page, 'First');
    const second = await app.browser.newPage();
    await second.goto(app.address);
    await second.getByRole('button', { name: 'Use Outpost here' }).click();
    await ready(second);
    assert.equal(await lock(app.page), 'lost');
    assert.equal((await create(app.page, 'Too late')).ok, false);
    assert.equal((await create(second, 'Second')).ok, true);
    assert.deepEqual(await names(second), ['First', 'Second']);
  }
});

test('of three tabs the one that asks for the data gets it; one that is loaded anew keeps it; one that lost it gets it back at once', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close({ expected: [/.*/] }));
  const first = app.page, here = (page) => page.getByRole('button', { name: 'Use Outpost here' });
  const open = async () => {
    const page = await app.browser.newPage();
    await page.goto(app.address);
    await here(page).waitFor();
    return page;
  };
  await create(first, 'Kept');
  const waiting = await open(), asking = await open();
  await here(asking).click();
  await ready(asking);
  assert.deepEqual([await lock(first), await lock(waiting), await lock(asking)], ['lost', 'other', 'owned']);
  await asking.reload();
  await ready(asking);
  assert.deepEqual([await lock(waiting), await lock(asking)], ['other', 'owned']);
  await here(first).click();
  await until(async () => (await lock(first).catch(() => '')) === 'owned', 'the data to come back at one press', 15_000);
  await ready(first);
  assert.deepEqual(await names(first), ['Kept']);
  assert.deepEqual([await lock(waiting), await lock(asking)], ['other', 'lost']);
  // Closed, not loaded anew: the one that waits goes on.
  await first.close();
  await ready(waiting);
  assert.deepEqual(await names(waiting), ['Kept']);
});
