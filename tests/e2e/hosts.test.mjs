// Hosts that are not as they should be: they redirect, have the page under one name only, lack files or call them something
// else. The page works all the same, also without a network, or says what is wrong.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { makeProfile, openApp, ready, site, until } from './support.mjs';

const controlled = (page) => until(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)), 'the service worker');
const refuse = (response, status) => response.writeHead(status, { 'Content-Type': 'text/html' }).end('<h1>No</h1>');
const expected = [/status of (403|404|500)|ERR_|Failed to fetch|MIME type|ServiceWorker|site.webmanifest|Manifest|unknown error|HTTP response code/i, /^error: .*:? (404|500)/];

async function start(t, differ, options = {}) {
  const server = await startServer(options.folder ?? site, { differ });
  const profile = await makeProfile();
  t.after(async () => { await server.close(); await profile.remove(); });
  return { server, profile };
}

// Each address opens without a network, in a browser that has just started.
async function opensOffline({ server, profile }, addresses) {
  await server.close();
  for (const address of addresses) {
    const app = await openApp({ server, profile, open: false });
    await app.page.goto(server.address + address);
    await ready(app.page);
    await app.close({ expected });
  }
}

test('a host that redirects the folder to the page', { timeout: 120_000 }, async (t) => {
  const host = await start(t, ({ url }, response) => url === '/' && response.writeHead(302, { Location: '/index.html' }).end());
  const app = await openApp(host);
  await controlled(app.page);
  await app.page.goto(host.server.address);
  await ready(app.page);
  await app.close();
  await opensOffline(host, ['', 'index.html']);
});

test('a host that has the page under its name only, and neither icons nor manifest', { timeout: 120_000 }, async (t) => {
  const host = await start(t, ({ url }, response) => /^\/$|icons|webmanifest/.test(url) && refuse(response, 403));
  const app = await openApp({ ...host, path: 'index.html' });
  await controlled(app.page);
  await app.close({ expected });
  await opensOffline(host, ['index.html', '']);
});

test('a page that could not be kept does not say that it works without a network', { timeout: 120_000 }, async (t) => {
  // What is asked for a second time is asked for by the service worker.
  const asked = new Set();
  let broken = true;
  const host = await start(t, ({ url }, response) => {
    const again = asked.has(url);
    asked.add(url);
    return broken && again && url.includes('/outpost.') && refuse(response, 404);
  });
  const { page, ...app } = await openApp(host);
  await page.getByText('without a network it will not open').first().waitFor({ state: 'attached' });
  assert.equal(await page.getByText('It works without a network').count(), 0);
  await page.goto(`${host.server.address}#/settings`);
  await page.getByText('without a network it will not open').first().waitFor({ state: 'attached' });
  broken = false;
  await page.reload();
  await controlled(page);
  await page.goto(`${host.server.address}#/`);
  await page.getByText('It works without a network').first().waitFor({ state: 'attached' });
  await app.close({ expected });
});

test('the page by its name, or with a question, is the kept one whatever the network says', { timeout: 120_000 }, async (t) => {
  let portal = false;
  const host = await start(t, (_, response) => portal && response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Log in</title>'));
  const first = await openApp(host);
  await controlled(first.page);
  await first.close();
  portal = true;
  for (const address of ['index.html', '?from=mail', 'index.html?from=mail', '']) {
    const app = await openApp({ ...host, open: false });
    await app.page.goto(host.server.address + address);
    await ready(app.page);
    await app.close({ expected });
  }
});

for (const [name, status] of [['boot', 404], ['start', 500], ['outpost_app', 404], ['outpost', 404], ['messages', 500]]) {
  test(`without its file ${name} the page says so`, { timeout: 60_000 }, async (t) => {
    const host = await start(t, ({ url }, response) => url.startsWith(`/${name}.`) && refuse(response, status));
    const app = await openApp({ ...host, open: false, locale: name === 'start' ? 'zh-CN' : 'en-US' });
    await app.page.goto(host.server.address);
    const words = { boot: 'the server does not send all of its files', start: '服务器没有提供它' }[name] ?? `could not load a part of itself, ${name}.`;
    await app.page.getByText(words).waitFor({ timeout: 5000 });
    await app.close({ expected: [/.*/] });
  });
}

for (const [what, takeAway] of [['at all', () => { delete globalThis.WebAssembly; }],
  ['as the program needs it', () => { WebAssembly.compileStreaming = WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('invalid opcode 0xfd')); }]]) {
  test(`a browser without WebAssembly ${what} is told so`, { timeout: 60_000 }, async (t) => {
    const app = await openApp({ ...await start(t), open: false });
    await app.page.addInitScript(takeAway);
    await app.page.goto(app.address);
    await app.page.getByRole('alert').getByText('Outpost runs as WebAssembly, which this browser does not offer').waitFor({ timeout: 5000 });
    await app.close({ expected: [/.*/] });
  });
}

test('wasm that the server calls something else runs', { timeout: 60_000 }, async (t) => {
  const host = await start(t, ({ url }, response) => {
    const { writeHead } = response;
    if (url.endsWith('.wasm')) response.writeHead = (status, headers) => writeHead.call(response, status, { ...headers, 'Content-Type': 'application/octet-stream' });
  });
  await (await openApp(host)).close();
});

test('two folders of one origin keep each their own version', { timeout: 120_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-two-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['a', 'b']) await cp(site, join(folder, name), { recursive: true });
  const host = await start(t, undefined, { folder });
  const app = await openApp({ ...host, open: false });
  const names = () => app.page.evaluate(() => caches.keys());
  // Caches as versions before made them: one of the first folder, one of the other.
  await app.page.addInitScript(async () => {
    if (await caches.has('outpost-of-a')) return;
    for (const name of ['a', 'b']) await (await caches.open(`outpost-of-${name}`)).put(`/${name}/`, new Response());
  });
  await app.page.goto(`${host.server.address}a/`);
  await ready(app.page);
  await controlled(app.page);
  assert.deepEqual((await names()).filter((name) => name.startsWith('outpost-of')), ['outpost-of-b']);
  await app.page.goto(`${host.server.address}b/`);
  await ready(app.page);
  await controlled(app.page);
  await app.close();
  await opensOffline(host, ['a/', 'b/']);
});
