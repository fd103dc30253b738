// List views through the page, by role and name: conditions with a logic of one's own, a view saved, changed, reset and
// come back to after a reload; groups; the export; a mass edit with its preview; on a desktop and on a phone.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const count = async (page, from) => (await query(page, `SELECT COUNT() FROM ${from}`)).totalSize;

// Long lists of choices are searched.
async function choose(page, combobox, name) {
  await combobox.click({ timeout: 10_000 });
  await page.getByRole('option').first().waitFor({ timeout: 10_000 });
  if (await page.getByRole('option').count() > 8) await page.keyboard.type(name);
  await page.getByRole('option', { name, exact: true }).click({ timeout: 10_000 });
}

async function addAccounts(page) {
  for (const [Name, Industry, AnnualRevenue] of [['Acme', 'Banking', 1000], ['Bolt', 'Energy', 500], ['Core', 'Banking', 20], ['Dune', null, 7]])
    await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name, Industry, AnnualRevenue } });
}

test('a view is made of conditions, kept over a reload, changed, reset and shared', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await addAccounts(page);
  await page.goto(`${app.address}#/o/Account`);
  const button = (name) => page.getByRole('button', { name, exact: true });
  const press = async (name) => { await until(() => button(name).count(), name); await button(name).first().click(); };
  const item = async (name) => { await page.getByRole('menuitem', { name, exact: true }).click({ timeout: 10_000 }); };
  const shown = (names) => until(async () => {
    const links = await page.getByRole('grid').getByRole('link').allTextContents();
    return JSON.stringify(links) === JSON.stringify(names);
  }, names.join());
  await press('Filters');
  await press('Add conditions');
  const dialog = page.getByRole('dialog', { name: 'Conditions' });
  await choose(page, dialog.getByRole('combobox', { name: 'Field' }), 'Industry');
  await choose(page, dialog.getByRole('combobox', { name: 'Value' }), 'Banking');
  await press('Add a condition');
  await choose(page, dialog.getByRole('combobox', { name: 'Field' }).nth(1), 'Annual Revenue');
  await choose(page, dialog.getByRole('combobox', { name: 'Operator' }).nth(1), '<');
  await dialog.getByRole('textbox', { name: 'Value' }).fill('10');
  await press('Custom logic');
  await dialog.getByRole('textbox', { name: 'Logic' }).fill('1 OR');
  await until(async () => await dialog.getByRole('textbox', { name: 'Logic' }).getAttribute('aria-invalid') === 'true', 'the fault');
  await dialog.getByRole('textbox', { name: 'Logic' }).fill('1 OR 2');
  await until(() => dialog.getByText('3 records meet them').count(), 'the count');
  await press('Apply');
  await shown(['Acme', 'Core', 'Dune']);

  await press('Save as view');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Banks and small ones');
  await page.getByRole('switch', { name: 'Shared' }).click();
  await press('Save');
  await until(() => count(page, "ListView WHERE Name = 'Banks and small ones' AND IsShared = true"), 'the view');
  await press('Banks and small ones');
  await item('Open list with this view');
  await until(() => count(page, 'ListView WHERE IsPinned = true'), 'the pin');

  await page.goto(`${app.address}#/o/Account`);
  await page.reload();
  await shown(['Acme', 'Core', 'Dune']);
  await page.getByRole('columnheader', { name: 'Account Name' }).getByRole('button').click();
  await shown(['Dune', 'Core', 'Acme']);
  await press('Reset');
  await shown(['Acme', 'Core', 'Dune']);
  await press('Group');
  await item('Industry');
  await until(() => button('Banking').count(), 'the groups');
  await press('Banking');
  await shown(['Dune']);
  await press('Save');
  await until(() => count(page, "ListView WHERE GroupBy = 'Industry'"), 'the saved change');

  const download = page.waitForEvent('download');
  await press('List menu');
  await item('Export as CSV');
  const csv = await readFile(await (await download).path(), 'utf8');
  assert.equal(csv.split('\r\n').length, 5);
  assert.match(csv, /^\uFEFFAccount Name,/);

  await press('Banks and small ones');
  await item('Delete view');
  await until(async () => await count(page, 'ListView') === 0, 'the view deleted');
  await page.keyboard.press('Control+z');
  await until(() => count(page, 'ListView'), 'the view back');
  await app.close();
});

test('a mass edit says before what it will change, and one undo takes it back', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  for (let at = 0; at < 4; ++at) await execute(page, { command: 'CreateRecord', object: 'Lead', fields: { LastName: `Lead ${at}`, Company: 'Acme', Rating: at === 1 ? 'Hot' : 'Cold' } });
  const { records } = await query(page, "SELECT Id FROM Lead WHERE LastName = 'Lead 0'");
  assert.equal((await execute(page, { command: 'ConvertLead', id: records[0].Id })).ok, true);
  await page.goto(`${app.address}#/o/Lead?state=all`);
  const button = (name) => page.getByRole('button', { name, exact: true });
  const tick = page.getByRole('checkbox', { name: 'Select all' });
  await until(() => tick.count(), 'the list');
  await tick.click();
  await button('Change field').click({ timeout: 10_000 });
  const dialog = page.getByRole('dialog');
  await choose(page, dialog.getByRole('combobox', { name: 'Field' }), 'Rating');
  await choose(page, dialog.getByRole('combobox', { name: 'Rating' }), 'Hot');
  await until(() => dialog.getByText('2 records will change').count(), 'the preview');
  await until(() => dialog.getByText('Rating').count(), 'the field');
  assert.equal(await dialog.getByText('1 record can’t be changed').count(), 1);
  assert.equal(await dialog.getByText('1 has this value already').count(), 1);
  await button('Apply').click();
  await until(async () => await count(page, "Lead WHERE Rating = 'Hot'") === 3, 'the change');
  await page.keyboard.press('Control+z');
  await until(async () => await count(page, "Lead WHERE Rating = 'Hot'") === 1, 'the undo');
  await app.close();
});

test('on a phone the view is chosen at the head of the list', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await addAccounts(page);
  await execute(page, { command: 'CreateRecord', object: 'ListView', fields: { Name: 'Banks', SobjectType: 'Account', Criteria: "Industry = 'Banking'", GroupBy: 'Industry' } });
  await page.goto(`${app.address}#/o/Account`);
  const picker = (name) => page.getByRole('button', { name: `View: ${name}` });
  await until(() => picker('All Accounts').count(), 'the picker');
  await picker('All Accounts').tap();
  await page.getByRole('menuitem', { name: 'Banks' }).tap({ timeout: 10_000 });
  await until(() => picker('Banks').count(), 'the view');
  await until(async () => await page.getByRole('list').getByRole('link').count() === 2, 'its rows');
  await page.getByRole('button', { name: 'Banking', exact: true }).tap();
  await until(async () => await page.getByRole('list').getByRole('link').count() === 0, 'the group folded');
  await app.close();
});
