// After one visit the app opens without a network, in the same profile, any number of times, with all that was entered.
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { startServer } from '../../.tools/serve.mjs';
import { execute, makeProfile, openApp, query, ready, site, until } from './support.mjs';

test('opens offline after one visit, with its records', { timeout: 120_000 }, async () => {
  const server = await startServer(site);
  const profile = await makeProfile();
  try {
    const first = await openApp({ server, profile });
    await until(() => first.page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.active)), 'the service worker');
    const created = await execute(first.page, { command: 'CreateRecord', object: 'Lead', fields: { LastName: 'Offline', Company: 'No Cable Ltd' } });
    assert.equal(created.ok, true);
    await first.close();
    await server.close();

    for (let start = 0; start < 3; ++start) {
      const app = await openApp({ server: { address: server.address }, profile, open: false });
      await app.page.goto(`${server.address}#/r/${created.id}`);
      await ready(app.page);
      const leads = await query(app.page, "SELECT Company FROM Lead WHERE LastName = 'Offline'");
      assert.equal(leads.records[0].Company, 'No Cable Ltd');
      const edit = await execute(app.page, { command: 'UpdateRecord', object: 'Lead', id: created.id, fields: { Title: `start ${start}` } });
      assert.equal(edit.ok, true);
      await app.close({ expected: [/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED/] });
    }
  } finally {
    await profile.remove();
  }
});

test('another page in the same folder stays that page', { timeout: 120_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'outpost-site-'));
  await cp(site, folder, { recursive: true });
  const page = await readFile(join(folder, 'index.html'), 'utf8');
  await writeFile(join(folder, 'other.html'), page.replace('<html ', '<html data-page="other" '));
  const server = await startServer(folder);
  const app = await openApp({ server });
  t.after(async () => {
    await app.close({ expected: [/ERR_CONNECTION_REFUSED|Failed to fetch/] });
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });
  await until(() => app.page.evaluate(() => Boolean(navigator.serviceWorker.controller)), 'the service worker');
  const isOther = async (path) => {
    const other = await app.browser.newPage();
    await other.goto(app.address + path);
    const answer = await other.evaluate(() => document.documentElement.dataset.page === 'other');
    await other.close();
    return answer;
  };
  assert.equal(await isOther('other.html'), true);
  assert.equal(await isOther('index.html#/leads'), false);
  await server.close();
  // Without a network an address that was never kept is the app.
  assert.equal(await isOther('other.html'), false);
  assert.equal(await isOther('index.html'), false);
});
