// What every browser test needs: the built site on a server of its own, a Chromium (or a Firefox) that starts with an
// empty or a given profile, and a page that reports what must never happen (errors, refused policies, requests to
// another host). Run by test.sh; alone: OUTPOST_SITE=build/site node tests/e2e/NAME.test.mjs
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium, firefox } from 'playwright-core';
import { startServer } from '../../.tools/serve.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const site = process.env.OUTPOST_SITE ?? join(root, 'build/site');

function programPath(names, what) {
  for (const name of names.filter(Boolean)) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch { /* the next one, then */ }
  }
  throw new Error(`no ${what} on the PATH: .tools/setup.sh installs it`);
}

// WebGL2 without a GPU; as root Chromium refuses its own sandbox.
export const browserArguments = [
  '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-dev-shm-usage',
  '--no-first-run', '--disable-component-update', '--disable-background-networking',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

// Firefox draws with WebGL only on a display; without one it gets a virtual one of its own.
let display;
export async function virtualDisplay() {
  if (process.env.DISPLAY) return process.env.DISPLAY;
  display ??= startDisplay(6);
  return display;
}

// An earlier one that is just dying takes a new one of its number with it, or its socket: then another is begun.
async function startDisplay(tries) {
  // Without -noreset it starts anew when its last client goes, and whoever connects in that moment finds no display.
  const server = spawn(programPath(['Xvfb'], 'Xvfb'), ['-displayfd', '3', '-screen', '0', '1600x2000x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  process.on('exit', () => server.kill());
  server.unref();
  const ended = new Promise((done, refused) => {
    server.on('error', refused);
    server.on('exit', () => done(null));
  });
  const number = await Promise.race([ended, new Promise((found) => server.stdio[3].once('data', (text) => {
    server.stdio[3].destroy();
    found(String(text).trim());
  }))]);
  await new Promise((done) => setTimeout(done, 700));
  const lives = number !== null && server.exitCode === null && server.signalCode === null && existsSync(`/tmp/.X11-unix/X${number}`);
  if (lives || tries === 1) return `:${number}`;
  server.kill();
  await ended;
  return startDisplay(tries - 1);
}

export const chromiumPath = () => programPath([process.env.OUTPOST_BROWSER, 'chromium', 'chromium-browser', 'google-chrome'], 'Chromium');

// The program and options that launch an engine. Firefox is the distribution's own, driven by WebDriver BiDi.
const engines = {
  chromium: async (args) => [chromium, { executablePath: chromiumPath(), headless: true, args: [...browserArguments, ...args] }],
  firefox: async (args) => [firefox, { channel: 'moz-firefox', executablePath: programPath([process.env.OUTPOST_FIREFOX, 'firefox-esr', 'firefox'], 'Firefox'),
    headless: false, args, timeout: 90_000, env: { ...process.env, DISPLAY: await virtualDisplay() },
    firefoxUserPrefs: { 'services.settings.server': 'data:,#off/v1', 'app.normandy.enabled': false } }],
};

// What a failed test left open would keep the process alive.
const opened = new Set();
after(() => Promise.all([...opened].map((app) => app.close({ expected: [/.*/] }).catch(() => {}))));

// A profile folder that outlives one browser, for tests that close and open again.
export async function makeProfile() {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-profile-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

// Kills, as a crash would, every process of the browser that runs on this profile folder.
export function killBrowser(folder) {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)) {
    try {
      if (readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(`=${folder}`)) process.kill(Number(id), 'SIGKILL');
    } catch { /* it had ended by itself */ }
  }
}

// Opens the app. Options: engine (chromium or firefox), folder (a site other than the app's), profile (from makeProfile; else a new one that close() removes), server (from
// startServer, to keep one address over several runs; else its own), path (after the address, such as
// "#/leads"), and those of Playwright's context: viewport, colorScheme, locale, timezoneId, offline...
export async function openApp({ engine = 'chromium', profile, server, path = '', open = true, args = [], folder = site, ...context } = {}) {
  const ownProfile = profile || engine === 'firefox' ? null : await makeProfile();
  const ownServer = server ? null : await startServer(folder);
  const { address } = server ?? ownServer;
  const [type, launch] = await engines[engine](args);
  const settings = { viewport: { width: 1280, height: 800 }, locale: 'en-US', timezoneId: 'UTC', ...context };
  // Over BiDi a profile can't be given: Firefox keeps what it stored only as long as it runs.
  const program = engine === 'firefox' ? await type.launch(launch) : null;
  const browser = program ? await program.newContext(settings)
    : await type.launchPersistentContext((profile ?? ownProfile).folder, { ...launch, ...settings });
  const faults = [];
  const watch = (page) => {
    page.on('pageerror', (error) => faults.push(`error: ${error.stack ?? error}`));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`);
    });
  };
  browser.on('page', watch);
  browser.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address)) {
      faults.push(`foreign request: ${request.url()}`);
    }
  });
  const page = browser.pages()[0] ?? (await browser.newPage());
  watch(page);
  if (open) {
    await page.goto(address + path);
    await ready(page);
  }
  // `expected` holds patterns of faults that the test caused on purpose.
  const close = async ({ expected = [] } = {}) => {
    await browser.close().catch(() => {});
    await program?.close().catch(() => {});
    await ownServer?.close();
    await ownProfile?.remove();
    const left = faults.filter((fault) => !expected.some((pattern) => pattern.test(fault)));
    if (left.length > 0) throw new Error(`the page reported faults:\n${left.join('\n')}`);
  };
  const app = { browser, page, address, faults, close: (options) => (opened.delete(app), close(options)) };
  opened.add(app);
  return app;
}

// Waits until the page's database is open.
export async function ready(page) {
  await until(() => page.evaluate(() => typeof window.outpost === 'object'), 'window.outpost');
  return page.evaluate(() => window.outpost.ready);
}

// Polls, since the page's policy forbids the eval that Playwright's waitForFunction needs.
export async function until(check, what = 'a condition', timeout = 30_000) {
  const end = Date.now() + timeout;
  let last;
  for (;;) {
    try {
      const value = await check();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`${what} did not come within ${timeout} ms${last ? `: ${last}` : ''}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

// The scripting door, from the test's side.
export const execute = (page, command) => page.evaluate((value) => window.outpost.execute(value), command);
export const query = (page, soql) => page.evaluate((value) => window.outpost.query(value), soql);

// The browser's own quota can't be set low for both stores alike: what they do when it is reached is put in their place.
const fullDisk = `
  let full = false;
  new BroadcastChannel('test').onmessage = ({ data }) => { full = data; };
  const refuse = (type, name) => {
    const real = type?.prototype[name];
    if (real) type.prototype[name] = function (...values) {
      if (full) throw new DOMException('', 'QuotaExceededError');
      return real.apply(this, values);
    };
  };
  refuse(globalThis.FileSystemSyncAccessHandle, 'write');
  refuse(globalThis.IDBObjectStore, 'put');
`;

// Before the page is opened, without service worker. Gives what fills the disk of this page (true), or gives it room.
export async function canBeFull(page) {
  await page.addInitScript(`{${fullDisk}}`);
  await page.route(/store_worker/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `{${fullDisk}}\n${await response.text()}` });
  });
  return (full) => page.evaluate((value) => new BroadcastChannel('test').postMessage(value), full);
}

// Where something is, once it has stayed there for a moment.
export async function steadyPlace(locator) {
  let last = '';
  return until(async () => {
    const box = await locator.boundingBox();
    const same = JSON.stringify(box) === last;
    last = JSON.stringify(box);
    await new Promise((done) => setTimeout(done, 150));
    return same && box;
  }, 'a place that stays');
}

// How a person presses and fills in what is on the page, by role and name; `touch`: with a finger.
export function hands(page, touch) {
  const press = (locator) => (touch ? locator.tap() : locator.click());
  const named = (role, label, inside = page) => inside.getByRole(role, { name: label, exact: typeof label === 'string' }).first();
  const button = (label, inside) => press(named('button', label, inside));
  const field = (label, inside) => named('textbox', label, inside);
  // A notice may lie over it, and stays while the mouse rests on it: away from it, and once more when it is gone.
  const pressUntil = (locator, done, what) => until(async () => {
    if (await done()) return true;
    await press(locator);
    if (!touch) await page.mouse.move(2, 2);
    await page.waitForTimeout(700);
    return done();
  }, what);
  return { press, named, button, field, pressUntil };
}
