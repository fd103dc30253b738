// Updates of the site: a new version is offered and taken on consent with the data intact; one that is broken, missing a
// file or cut off by a kill leaves the version before whole, also without a network.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, killBrowser, makeProfile, openApp, query, ready, root, site, until } from './support.mjs';

const build = join(root, 'build/web-release');
let work, next;

// The version after the site's: one script differs, and with it hashes, the page and the service worker.
async function makeVersion(name) {
  const source = join(work, `source-${name}`), folder = join(work, `site-${name}`);
  await mkdir(source, { recursive: true });
  for (const part of ['.tools', 'core/base', 'shell/web', 'web/page', 'public']) await cp(join(root, part), join(source, part), { recursive: true });
  await appendFile(join(source, 'shell/web/boot.js'), `\nglobalThis.outpostBoot.edition = '${name}';\n`);
  execFileSync(process.execPath, [join(source, '.tools/dist.mjs'), build, folder]);
  return folder;
}
before(async () => {
  work = await mkdtemp(join(tmpdir(), 'outpost-update-'));
  next = await makeVersion('next');
});
after(() => rm(work, { recursive: true, force: true }));

// As a host would be updated: new files first, then the page, the worker last.
async function deploy(from, to, { without, altered } = {}) {
  const names = (await readdir(from, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(from.length + 1));
  const order = (name) => (name === 'service_worker.js' ? 2 : name.startsWith('index.html') ? 1 : 0);
  for (const name of names.sort((a, b) => order(a) - order(b))) {
    if (without?.test(name)) continue;
    await mkdir(join(to, name, '..'), { recursive: true });
    await writeFile(join(to, name), await readFile(join(from, name)));
    if (altered?.test(name)) await appendFile(join(to, name), ' ');
  }
}

// Serves through a gate that can hold a request back until the test lets it go.
async function startGate(folder) {
  const server = await startServer(folder);
  const gate = { hold: null, held: 0, let: null };
  let open = Promise.resolve();
  const front = createServer(async (request, response) => {
    if (gate.hold?.test(request.url)) {
      gate.held += 1;
      await open;
    }
    const answer = await fetch(new URL(request.url, server.address), { headers: { 'accept-encoding': 'identity' }, redirect: 'manual' }).catch(() => null);
    if (!answer) return response.destroy();
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding'].includes(name)));
    response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise((done) => front.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${front.address().port}/`,
    holdBack(pattern) { gate.hold = pattern; gate.held = 0; open = new Promise((done) => { gate.let = done; }); },
    letGo() { gate.hold = null; gate.let?.(); },
    held: () => gate.held,
    async close() {
      gate.let?.();
      front.closeAllConnections();
      await new Promise((done) => front.close(done));
      await server.close();
    },
  };
}

const edition = (page) => page.evaluate(() => globalThis.outpostBoot?.edition ?? 'first');
const controlled = (page) => until(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)), 'the service worker');
const caches = (page) => page.evaluate(async () => (await window.caches.keys()).filter((name) => name.startsWith('outpost-')));
const leads = async (page) => (await query(page, 'SELECT COUNT() FROM Lead')).totalSize;
const create = async (page, name) => assert.equal((await execute(page, { command: 'CreateRecord', object: 'Lead', fields: { LastName: name, Company: 'X' } })).ok, true);
const update = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update().then(() => 'asked', (error) => error.name));
const installs = (page) => page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration()).installing));
const expected = [/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|ERR_EMPTY_RESPONSE|Failed to fetch|404|integrity|digest|ServiceWorker/];

async function start(t) {
  const folder = join(await mkdtemp(join(work, 'host-')), 'site');
  await cp(site, folder, { recursive: true });
  const server = await startGate(folder);
  const profile = await makeProfile();
  t.after(async () => {
    killBrowser(profile.folder);
    await server.close();
    await profile.remove();
  });
  const app = await openApp({ server, profile });
  await controlled(app.page);
  await create(app.page, 'Before');
  return { folder, server, profile, app };
}

async function openOffline({ server, profile }, check) {
  const app = await openApp({ server, profile, open: false });
  await app.browser.setOffline(true);
  await app.page.goto(server.address);
  await ready(app.page);
  await check(app.page);
  await app.close({ expected });
}

test('a new version is offered, taken on consent, and keeps the data', { timeout: 180_000 }, async (t) => {
  const host = await start(t);
  const { page } = host.app;
  await deploy(next, host.folder);
  await page.reload();
  await ready(page);
  assert.equal(await edition(page), 'first', 'without consent the version stays');
  await page.getByText('A new version of Outpost is ready').waitFor({ state: 'attached', timeout: 30_000 });
  await create(page, 'While it waits');
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).click();
  await loaded;
  await ready(page);
  assert.equal(await edition(page), 'next');
  assert.equal(await leads(page), 2);
  assert.equal((await caches(page)).length, 1);
  await host.app.close({ expected });
  await openOffline(host, async (offline) => {
    assert.equal(await edition(offline), 'next');
    assert.equal(await leads(offline), 2);
  });
});

test('a version taken in one tab comes to the others when they reload', { timeout: 180_000 }, async (t) => {
  const host = await start(t);
  const { page, browser } = host.app;
  const other = await browser.newPage();
  await other.goto(host.app.address);
  await other.getByText('Outpost is open in another tab').first().waitFor({ state: 'attached' });
  await deploy(next, host.folder);
  await update(other);
  await page.bringToFront();
  await page.getByText('A new version of Outpost is ready').waitFor({ state: 'attached', timeout: 30_000 });
  const waits = () => other.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting));
  assert.equal(await waits(), true);
  await page.getByRole('button', { name: 'Reload' }).click();
  await until(async () => !(await waits()), 'the new version');
  await until(async () => (await edition(page)) === 'next', 'the first tab');
  const loaded = other.waitForEvent('load');
  await other.evaluate(() => globalThis.outpostBoot.applyUpdate());
  await loaded;
  assert.equal(await edition(other), 'next');
  await host.app.close({ expected });
});

test('the offer to reload waits for a form that is being filled in, and says so', { timeout: 180_000 }, async (t) => {
  const host = await start(t);
  const { page } = host.app;
  await deploy(next, host.folder);
  await page.reload();
  await ready(page);
  await page.getByText('A new version of Outpost is ready').waitFor({ state: 'attached', timeout: 30_000 });
  await page.goto(`${host.app.address}#/o/Lead/new`);
  await page.getByRole('textbox', { name: 'Last Name' }).fill('Half');
  await page.getByRole('textbox', { name: 'Company' }).fill('X');
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.getByRole('main').getByText('Something is not saved yet').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Reload' }).count(), 1);
  assert.equal(await edition(page), 'first');
  assert.equal(await page.getByRole('textbox', { name: 'Last Name' }).inputValue(), 'Half');
  const loaded = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await loaded;
  await ready(page);
  assert.equal(await edition(page), 'next');
  assert.equal(await leads(page), 2);
  await host.app.close({ expected });
});

for (const [what, fault] of [['misses a file', { without: /^outpost_app\..*\.wasm/ }], ['has an altered file', { altered: /^boot\..*\.js$/ }]]) {
  test(`a version that ${what} is not taken, and the one before goes on without a network`, { timeout: 180_000 }, async (t) => {
    const host = await start(t);
    const { page } = host.app;
    const before = await caches(page);
    if (fault.without) for (const name of await readdir(host.folder)) if (fault.without.test(name)) await rm(join(host.folder, name));
    await deploy(next, host.folder, fault);
    await update(page);
    await until(async () => !(await installs(page)), 'the end of the installation');
    assert.deepEqual(await caches(page), before);
    await page.reload();
    await ready(page);
    assert.equal(await edition(page), 'first');
    assert.equal(await page.getByText('A new version of Outpost is ready').count(), 0);
    await create(page, 'After');
    await host.app.close({ expected });
    await openOffline(host, async (offline) => {
      assert.equal(await edition(offline), 'first');
      assert.equal(await leads(offline), 2);
    });
    // Once the host is mended the same version arrives.
    await deploy(next, host.folder);
    const app = await openApp(host);
    await app.page.getByText('A new version of Outpost is ready').waitFor({ state: 'attached', timeout: 30_000 });
    await app.close({ expected });
  });
}

test('a browser killed in mid-update has the version before, whole, and updates later', { timeout: 180_000 }, async (t) => {
  const host = await start(t);
  const names = await readdir(next);
  for (const held of ['wasm', 'start']) {
    const app = held === 'wasm' ? host.app : await openApp(host);
    await deploy(next, host.folder);
    host.server.holdBack(new RegExp(`/${names.find((name) => name.startsWith(held === 'wasm' ? 'boot.' : 'start.')).replaceAll('.', '\\.')}$`));
    update(app.page).catch(() => {});
    await until(() => host.server.held() > 0, 'a request of the update');
    killBrowser(host.profile.folder);
    await app.close({ expected: [/.*/] }).catch(() => {});
    host.server.letGo();
    await openOffline(host, async (offline) => {
      assert.equal(await edition(offline), 'first');
      assert.equal(await leads(offline), 1);
    });
  }
  const app = await openApp(host);
  await app.page.getByText('A new version of Outpost is ready').waitFor({ state: 'attached', timeout: 30_000 });
  const loaded = app.page.waitForEvent('load');
  await app.page.getByRole('button', { name: 'Reload' }).click();
  await loaded;
  await ready(app.page);
  assert.equal(await edition(app.page), 'next');
  assert.equal((await caches(app.page)).length, 1);
  await app.close({ expected });
});
