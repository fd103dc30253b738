// The browser platform alone (tests/e2e/platform/demo.cpp): what a person, a screen reader and a script get from it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { findViolations } from './platform/axe.mjs';
import { startServer } from '../../.tools/serve.mjs';
import { canBeFull, execute, killBrowser, makeProfile, openApp, query, ready, root, until } from './support.mjs';

const build = process.env.OUTPOST_DEMO ?? join(root, 'build/web-release/platform_demo');
let folder;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'outpost-demo-'));
  execFileSync(process.execPath, [join(root, '.tools/dist.mjs'), build, folder]);
});
after(() => rm(folder, { recursive: true, force: true }));

// Closed when the test ends, also when it failed.
async function openDemo(t, options = {}) {
  const app = await openApp({ folder, ...options });
  t.after(() => app.close());
  return app;
}
const frames = (page) => page.evaluate(() => window.outpost.call('frames'));
const text = (page, value) => until(() => page.getByText(value, { exact: true }).count(), `"${value}"`, 5000);

test('widgets work by role and name', { timeout: 60_000 }, async (t) => {
  const app = await openDemo(t);
  const { page } = app;
  await page.getByRole('button', { name: 'Press' }).click();
  await text(page, 'Pressed 1 times');
  // A click that no pointer made, as assistive technology makes it.
  await page.getByRole('button', { name: 'Press' }).evaluate((element) => element.click());
  await until(() => page.getByText(/Pressed \d times/).textContent().then((said) => said === 'Pressed 2 times'), 'a click without a pointer', 5000)
    .catch(async () => { throw new Error(await page.getByText(/Pressed/).textContent()); });
  await page.getByRole('button', { name: 'Press' }).focus();
  await page.keyboard.press('Enter');
  await text(page, 'Pressed 3 times');

  const box = page.getByRole('checkbox', { name: 'Agree' });
  await box.click();
  await until(() => box.isChecked(), 'the check mark', 5000);

  const field = page.getByRole('textbox', { name: 'Name' });
  await field.fill('Björn');
  assert.equal(await field.inputValue(), 'Björn');
  await field.press('Enter');
  await text(page, 'Hello Björn');
  await field.press('Escape');
  await until(async () => (await field.inputValue()) === 'Ada', 'the cancelled value', 5000);
  await field.click();
  await page.keyboard.type(' Lovelace and more');
  await until(async () => (await field.inputValue()) === 'Ada Lovelace and more', 'typed text', 5000);
  // The app puts another value into the focused field.
  await page.getByRole('button', { name: 'Suggest' }).evaluate((element) => element.click());
  await until(async () => (await field.inputValue()) === 'Grace', 'the suggestion', 5000);

  await page.getByRole('link', { name: 'A link' }).click();
  await until(() => page.evaluate(() => location.hash === '#/somewhere'), 'the route', 5000);
  const from = await page.getByRole('button', { name: 'Drag me' }).boundingBox();
  await page.mouse.move(from.x + 10, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 10, { steps: 4 });
  await page.mouse.move(from.x + 120, from.y + 10, { steps: 4 });
  await page.mouse.up();
  await text(page, 'Dragged');
});

test('the list scrolls and its rows carry their numbers', { timeout: 60_000 }, async (t) => {
  const app = await openDemo(t);
  const { page } = app;
  assert.equal(await page.getByRole('grid', { name: 'Rows' }).getAttribute('aria-rowcount'), '500');
  await page.getByRole('row', { name: /Row 5 / }).hover();
  for (let i = 0; i < 20; i++) await page.mouse.wheel(0, 400);
  await until(() => page.getByRole('gridcell', { name: 'Row 340', exact: true }).count(), 'row 340', 8000)
    .catch(async () => { throw new Error(await page.getByRole('grid').ariaSnapshot()); });
  assert.equal(await page.getByRole('gridcell', { name: 'Row 5', exact: true }).count(), 0);
});

test('a finger scrolls, and a tap presses', { timeout: 60_000 }, async (t) => {
  const app = await openDemo(t, { hasTouch: true, isMobile: false });
  const { page } = app;
  await page.getByRole('button', { name: 'Press' }).tap();
  await text(page, 'Pressed 1 times');
  const box = await page.getByRole('grid').boundingBox();
  const client = await page.context().newCDPSession(page);
  const touch = (type, y) => client.send('Input.dispatchTouchEvent',
    { type, touchPoints: type === 'touchEnd' ? [] : [{ x: box.x + 100, y }] });
  await touch('touchStart', box.y + 500);
  for (let y = 490; y >= 100; y -= 30) await touch('touchMove', box.y + y);
  await touch('touchEnd', 0);
  await until(async () => (await page.getByRole('gridcell', { name: 'Row 1', exact: true }).count()) === 0, 'scrolled away', 5000);
});

test('an idle page draws nothing', { timeout: 60_000 }, async (t) => {
  const app = await openDemo(t);
  const { page } = app;
  await page.mouse.move(300, 600);
  await page.waitForTimeout(1500);
  const start = await frames(page);
  await page.waitForTimeout(2000);
  const end = await frames(page);
  assert.ok(end - start <= 2, `${end - start} frames`);  // asking costs a frame itself
});

test('a lost drawing context comes back with the same picture', { timeout: 60_000 }, async (t) => {
  const app = await openDemo(t);
  const { page } = app;
  await page.mouse.move(5, 790);
  await page.waitForTimeout(600);
  const canvas = page.locator('#canvas');
  const shot = await canvas.screenshot();
  await page.evaluate(() => {
    const gl = document.getElementById('canvas').getContext('webgl2');
    window.lose = gl.getExtension('WEBGL_lose_context');
    window.lose.loseContext();
  });
  await page.waitForTimeout(200);
  await page.evaluate(() => window.lose.restoreContext());
  await page.waitForTimeout(600);
  assert.ok(shot.equals(await canvas.screenshot()));
});

test('the page is accessible', { timeout: 60_000 }, async (t) => {
  const app = await openDemo(t);
  const violations = await findViolations(app.page);
  assert.deepEqual(violations, []);
});

test('numbers and dates follow the language', { timeout: 60_000 }, async (t) => {
  const app = await openDemo(t, { locale: 'en-GB' });
  assert.deepEqual(await app.page.evaluate(() => window.outpost.call('locale')),
    ['1,234,567.89', 'US$1,234,567.89', '€1.2m', '23 Nov 2026', 'November 2026']);
});

test('what was acknowledged is there after reloads, snapshots and lost copies', { timeout: 120_000 }, async (t) => {
  const server = await startServer(folder);
  const profile = await makeProfile();
  let app = null;
  t.after(async () => { await app?.close().catch(() => {}); await server.close(); await profile.remove(); });
  app = await openApp({ server, profile });
  assert.deepEqual(await ready(app.page), { copies: 'opfs ', records: 0, durable_seq: 0 });
  for (let i = 1; i <= 5; i++) assert.deepEqual(await execute(app.page, { n: i }), { ok: true, seq: i });
  assert.equal((await query(app.page, 'all')).totalMatched, 5);
  await app.page.reload();
  assert.equal((await ready(app.page)).records, 5);
  assert.deepEqual(await app.page.evaluate(() => window.outpost.call('snapshot')), { ok: true });
  await execute(app.page, { n: 6 });
  await app.page.waitForTimeout(1500);  // the second copy follows
  await app.close();

  // Each copy alone has it all, and the other is written anew from it.
  for (const lost of ['opfs', 'indexeddb']) {
    app = await openApp({ server, profile, open: false });
    await app.page.goto(app.address + 'manifest.webmanifest');
    await app.page.evaluate(async (copy) => {
      if (copy === 'opfs') await (await navigator.storage.getDirectory()).removeEntry('outpost', { recursive: true });
      else await new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('outpost');
        request.onsuccess = resolve;
        request.onerror = reject;
      });
    }, lost);
    await app.page.goto(app.address);
    const answer = await ready(app.page);
    assert.equal(answer.records, 6, `without ${lost}: ${JSON.stringify(answer)}`);
    await app.page.waitForTimeout(2500);  // the lost copy is written anew in the background
    await app.close({ expected: [/favicon/] });
  }
  app = await openApp({ server, profile });
  assert.equal((await ready(app.page)).records, 6);
  assert.equal((await app.page.evaluate(() => window.outpost.call('erase'))).ok, true);
  await app.page.reload();
  assert.equal((await ready(app.page)).records, 0);
  await app.close();
});

test('an edit soon after the start comes into the second copy with what that had lacked', { timeout: 60_000 }, async (t) => {
  const server = await startServer(folder);
  const profile = await makeProfile();
  t.after(async () => { killBrowser(profile.folder); await server.close(); await profile.remove(); });
  const start = async () => {
    await rm(join(profile.folder, 'SingletonLock'), { force: true });
    return openApp({ server, profile, open: false });
  };
  const kill = async (app) => {
    killBrowser(profile.folder);
    await app.close({ expected: [/.*/] }).catch(() => {});
  };
  let app = await start();
  await app.page.goto(app.address);
  await ready(app.page);
  await execute(app.page, { n: 1 });
  await app.page.waitForTimeout(2500);   // both copies have it
  await execute(app.page, { n: 2 });
  await kill(app);                       // the second copy had no pause to take it in
  app = await start();
  // The time for bringing up what it lacks never comes.
  await app.page.addInitScript(() => {
    const later = window.setTimeout;
    window.setTimeout = (work, pause, ...rest) => (pause === 1500 ? 0 : later(work, pause, ...rest));
  });
  await app.page.goto(app.address);
  assert.equal((await ready(app.page)).records, 2);
  const newest = () => app.page.evaluate(() => new Promise((resolve) => {
    const opened = indexedDB.open('outpost');
    opened.onsuccess = () => {
      const keys = opened.result.transaction('log').objectStore('log').getAllKeys();
      keys.onsuccess = () => { opened.result.close(); resolve(keys.result.at(-1)?.[0]); };
    };
  }));
  assert.equal(await newest(), 1, 'the second copy lacks the edit before the kill');
  await execute(app.page, { n: 3 });
  await until(async () => (await newest()) === 3, 'the edit in the second copy', 10_000);
  await kill(app);
});

test('one tab owns the store and hands it over', { timeout: 60_000 }, async (t) => {
  const app = await openDemo(t);
  await execute(app.page, { n: 1 });
  const second = await app.browser.newPage();
  await second.goto(app.address);
  await until(() => second.evaluate(() => window.outpostBoot?.lock.state === 'other'), 'the second tab to be told', 8000);
  await second.evaluate(() => window.outpostBoot.lock.takeOver());
  await until(() => second.evaluate(() => window.outpostBoot.lock.state === 'owned'), 'the hand-over', 8000);
  assert.equal((await ready(second)).records, 1);
  assert.equal(await app.page.evaluate(() => window.outpostBoot.lock.state), 'lost');
  assert.deepEqual(await execute(second, { n: 2 }), { ok: true, seq: 2 });
});

test('a full disk keeps what it had, says so, and goes on when there is room', { timeout: 90_000 }, async (t) => {
  const app = await openDemo(t, { open: false, serviceWorkers: 'block' });
  const { page } = app;
  const setFull = await canBeFull(page);
  await page.goto(app.address);
  await ready(page);
  await execute(page, { n: 1 });
  await page.waitForTimeout(1500);
  const state = () => page.evaluate(() => window.outpost.call('state'));
  await setFull(true);
  await page.waitForTimeout(100);
  let answered = false;
  const pending = execute(page, { n: 2 }).then(() => { answered = true; });
  await until(async () => (await state()).state === 1, 'the full state', 8000);
  assert.equal((await state()).detail, 'QuotaExceededError');
  assert.equal(answered, false);
  await setFull(false);
  await page.waitForTimeout(100);
  await page.evaluate(() => window.outpost.call('retry'));
  await pending;
  assert.equal((await state()).state, 0);
  await page.reload();
  assert.equal((await ready(page)).records, 2);
});
