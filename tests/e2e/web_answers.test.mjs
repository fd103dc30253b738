// A web form's answers, asked of the address that keeps them: a site of its own that lets others read, or doesn't, or that the
// page may not ask at all.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { openApp, query, root, until } from './support.mjs';

// A site that keeps a form's answers; what it was asked.
async function formSite(t) {
  const asked = [];
  const kept = { answers: 'first_name,last_name,company,email\nZoë,Müller,Müller & Söhne,zoe@mueller.example\nJo,Blanc,Bolt,jo@bolt.example\n', open: true };
  const server = createServer((request, response) => {
    asked.push(request);
    if (request.url !== '/answers.csv') return response.writeHead(404, { 'Access-Control-Allow-Origin': '*' }).end();
    return response.writeHead(200, { 'Content-Type': 'text/csv; charset=utf-8', ...(kept.open && { 'Access-Control-Allow-Origin': '*' }) }).end(kept.answers);
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  t.after(() => { server.close(); server.closeAllConnections(); });
  return { origin: `http://127.0.0.1:${server.address().port}`, asked, kept };
}

test('web-to-lead: answers come from an address, those looked at before are left out, new ones are told of', { timeout: 180_000 }, async (t) => {
  const { origin, asked, kept } = await formSite(t);
  const folder = await mkdtemp(join(tmpdir(), 'outpost-site-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  execFileSync(process.execPath, [join(root, '.tools/dist.mjs'), join(root, 'build/web-release'), folder, '--connect', origin]);
  const app = await openApp({ folder, path: '#/web-to-lead' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const button = (name) => page.getByRole('button', { name, exact: true });
  const address = page.getByRole('textbox', { name: 'Address that gives the answers' });
  await address.fill(`${origin}/nothing`);
  await button('Fetch now').click();
  await until(() => page.locator('[aria-description*="answered with error 404"]').count(), 'the error');
  kept.open = false;
  await address.fill(`${origin}/answers.csv`);
  await button('Fetch now').click();
  await until(() => page.locator('[aria-description*="gave no answer that this page may read"]').count(), 'the refusal of the site');
  kept.open = true;
  await button('Fetch now').click();
  await page.getByText('2 answers, 0 possible duplicates').waitFor();
  await button('Add 2 leads').click();
  await until(async () => (await query(page, "SELECT Id FROM Lead WHERE LeadSource = 'Web'")).totalSize === 2, 'the leads');
  for (const { headers } of asked) assert.ok(!headers.cookie && !headers.referer, 'nothing is told of who asks');

  // Switched on, it is asked again at the next start; what is new is said, wherever one is.
  await button('Take in more').click();
  await page.getByRole('switch', { name: /^Look there every 15 minutes/ }).click();
  kept.answers += 'Eva,Neu,Nova,eva@nova.example\n';
  await page.goto(`${app.address}#/o/Lead`);
  await page.reload();
  await page.getByText('1 new answer to your web form').first().waitFor();
  await button('Preview').click();
  await page.getByText('1 answer, 0 possible duplicates').waitFor();
  await button('Add 1 lead').click();
  await until(async () => (await query(page, 'SELECT Id FROM Lead')).totalSize === 3, 'the new lead');
  await app.close({ expected: [/^foreign request: http:\/\/127\.0\.0\.1/, /^console: /] });   // what the browser says of refusals
});

test('web-to-lead: a site that the installation does not name is not asked', { timeout: 90_000 }, async (t) => {
  const { origin, asked } = await formSite(t);
  const app = await openApp({ path: '#/web-to-lead' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await page.getByRole('textbox', { name: 'Address that gives the answers' }).fill(`${origin}/answers.csv`);
  await page.getByRole('button', { name: 'Fetch now' }).click();
  await until(() => page.locator('[aria-description^="This installation"]').count(), 'the refusal of the page');
  assert.equal(asked.length, 0);
  await app.close({ expected: [/^foreign request: http:\/\/127\.0\.0\.1/, /^console: /] });   // what the browser says of refusals
});
