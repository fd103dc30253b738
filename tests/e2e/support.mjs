// What every browser test needs: the built site on a server of its own, a Chromium that starts with an empty
// or a given profile, and a page that reports what must never happen (errors, refused policies, requests to
// another host). Run by test.sh; alone: OUTPOST_SITE=build/site node tests/e2e/NAME.test.mjs
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startServer } from '../../.tools/serve.mjs';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const site = process.env.OUTPOST_SITE ?? join(root, 'build/site');

function browserPath() {
  if (process.env.OUTPOST_BROWSER) return process.env.OUTPOST_BROWSER;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch { /* the next one, then */ }
  }
  throw new Error('no Chromium on the PATH');
}

// WebGL2 without a GPU; as root Chromium refuses its own sandbox.
const browserArguments = [
  '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist', '--disable-dev-shm-usage',
  '--no-first-run', '--disable-component-update', '--disable-background-networking',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

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

// Opens the app. Options: folder (a site other than the app's), profile (from makeProfile; else a new one that close() removes), server (from
// startServer, to keep one address over several runs; else its own), path (after the address, such as
// "#/leads"), and those of Playwright's context: viewport, colorScheme, locale, timezoneId, offline...
export async function openApp({ profile, server, path = '', open = true, args = [], folder = site, ...context } = {}) {
  const ownProfile = profile ? null : await makeProfile();
  const ownServer = server ? null : await startServer(folder);
  const { address } = server ?? ownServer;
  const browser = await chromium.launchPersistentContext((profile ?? ownProfile).folder, {
    executablePath: browserPath(), headless: true, args: [...browserArguments, ...args],
    viewport: { width: 1280, height: 800 }, locale: 'en-US', timezoneId: 'UTC', ...context,
  });
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
