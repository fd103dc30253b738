// The import wizard through the page, with the four real files where they are at hand: accounts, products, a sales team
// as users, and 8,800 opportunities; then the totals that are known of them.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { openApp, query, root, until } from './support.mjs';

const folder = process.env.OUTPOST_SHARED_DATA ?? join(root, '../shared/data');

// By keyboard, since a button may lie below what is in sight.
async function press(page, name) {
  const button = page.getByRole('button', { name, exact: true });
  await button.focus();
  await page.keyboard.press('Enter');
}

test('import: four real files through the wizard', { timeout: 180_000, skip: existsSync(join(folder, 'maven')) ? false : 'the files are not here' }, async () => {
  const app = await openApp({ viewport: { width: 1280, height: 1400 } });
  const { page } = app;
  await page.goto(`${app.address}#/import`);
  const finished = page.getByRole('button', { name: 'Open the list' });
  for (const file of ['accounts', 'products', 'sales_teams', 'sales_pipeline']) {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(join(folder, 'maven', `${file}.csv`));
    await page.getByRole('button', { name: 'Check the values' }).waitFor();
    for (const name of [/^Add picklist values/, /^Create records/]) {
      await page.getByRole('checkbox', { name }).focus();
      await page.keyboard.press('Space');
      await until(async () => (await page.getByRole('checkbox', { name }).getAttribute('aria-checked')) === 'true', `${name}`);
    }
    await press(page, 'Check the values');
    // Either nothing is left to decide, or the values are shown: "GTXPro" is offered as "GTX Pro", and taken when told.
    await until(async () => (await finished.count()) || (await page.getByRole('button', { name: 'Import', exact: true }).count()), `the values of ${file}`);
    if (file === 'sales_pipeline') await page.getByText('Did you mean “GTX Pro”?').waitFor();
    if (!(await finished.count())) await press(page, 'Import');
    await finished.waitFor();
    await press(page, 'Import another file');
  }
  const { records } = await query(page, 'SELECT StageName, COUNT(Id) n, SUM(Amount) a FROM Opportunity GROUP BY StageName');
  const of = Object.fromEntries(records.map((r) => [r.StageName, [r.n, r.a]]));
  assert.deepEqual(of.Won, [4238, 10005534]);
  assert.deepEqual(of.Lost, [2473, 0]);
  assert.equal(of.Engaging[0], 1589);
  assert.equal(of.Prospecting[0], 500);
  assert.equal((await query(page, 'SELECT COUNT() FROM Opportunity WHERE IsClosed = false AND AccountId = null')).totalSize, 1425);
  assert.equal((await query(page, "SELECT COUNT() FROM Opportunity WHERE Product2.Name = 'GTX Pro'")).totalSize, 1480);
  assert.equal((await query(page, 'SELECT COUNT() FROM Product2')).totalSize, 7);
  await app.close();
});
