// The recycle bin and the field history through the page, by role and name: deleted records of several objects are found,
// brought back with their details, over a reload; a record's history tells its changes and what was undone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const count = async (page, from) => (await query(page, `SELECT COUNT() FROM ${from}`)).totalSize;

async function deleteThree(page) {
  const make = async (object, fields) => (await execute(page, { command: 'CreateRecord', object, fields })).id;
  const account = await make('Account', { Name: 'Acme' });
  const contact = await make('Contact', { LastName: 'Meyer', AccountId: account });
  const opportunity = await make('Opportunity', { Name: 'Big one', StageName: 'Qualification', CloseDate: '2027-01-31', AccountId: account });
  await make('OpportunityContactRole', { OpportunityId: opportunity, ContactId: contact, Role: 'Decision Maker' });
  await execute(page, { command: 'DeleteRecord', object: 'Opportunity', id: opportunity });
  await execute(page, { command: 'DeleteRecord', object: 'Account', id: account });
}

test('what was deleted is found and brought back with what belongs to it', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await deleteThree(page);
  await page.goto(`${app.address}#/settings`);
  await page.getByRole('button', { name: 'Open the recycle bin' }).click({ timeout: 10_000 });
  const row = (name) => page.getByRole('row').filter({ hasText: name });
  await until(async () => /1 related record/.test(await row('Big one').textContent().catch(() => '')), 'the opportunity with its role');
  assert.match(await row('Acme').textContent(), /Account/);
  assert.equal(await row('Meyer').count(), 0);
  await page.reload();
  await until(() => row('Big one').getByText('You').count(), 'who deleted it');
  const search = page.getByRole('searchbox', { name: 'Search the recycle bin' });
  await search.fill('acm');
  await until(async () => await row('Big one').count() === 0, 'the search');
  await search.fill('');
  await until(() => row('Big one').count(), 'all again');
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await page.getByRole('button', { name: 'Restore', exact: true }).click({ timeout: 10_000 });
  await until(async () => await count(page, 'Opportunity') === 1 && await count(page, 'Account') === 1 && await count(page, 'OpportunityContactRole') === 1, 'all of them back');
  await until(() => page.getByText('The recycle bin is empty').count(), 'nothing left');
  await page.keyboard.press('Control+z');
  await until(async () => await count(page, 'Opportunity') === 0 && await count(page, 'Account') === 0, 'one undo');
  await app.close();
});

test('the recycle bin is emptied after a question, and one undo puts all of it back', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await deleteThree(page);
  await page.goto(`${app.address}#/recycle-bin`);
  const row = (name) => page.getByRole('row').filter({ hasText: name });
  await until(() => row('Big one').count(), 'the deleted records');
  await page.getByRole('button', { name: 'Empty recycle bin' }).click();
  await page.getByRole('alertdialog', { name: 'Remove 2 records for good?' }).getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await until(async () => await row('Big one').count() === 1, 'the list as it was');
  await page.getByRole('button', { name: 'Empty recycle bin' }).click();
  await page.getByRole('button', { name: 'Remove for good' }).click();
  await until(() => page.getByText('The recycle bin is empty').count(), 'nothing left');
  assert.equal(await count(page, "Contact WHERE AccountId = null AND LastName = 'Meyer'"), 1);
  await page.reload();
  await until(() => page.getByText('The recycle bin is empty').count(), 'nothing after a reload');
  await page.keyboard.press('Control+z');
  await until(() => row('Big one').count(), 'back in the bin');
  assert.equal(await count(page, 'Contact WHERE AccountId = null'), 0);
  await app.close();
});

test('on a phone a deleted record is brought back from its page', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await deleteThree(page);
  await page.goto(`${app.address}#/recycle-bin`);
  await page.getByRole('link', { name: 'Acme' }).tap({ timeout: 10_000 });
  await page.getByRole('button', { name: 'Restore', exact: true }).tap({ timeout: 10_000 });
  await until(async () => await count(page, 'Account') === 1, 'the account back');
  await app.close();
});

test('field history tells who changed what, and what was undone', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const { id } = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'One', Industry: 'Banking' } });
  await execute(page, { command: 'UpdateRecord', object: 'Account', id, fields: { Name: 'Two' } });
  await execute(page, { command: 'UpdateRecord', object: 'Account', id, fields: { Industry: 'Energy' } });
  await execute(page, { command: 'Undo' });
  await page.goto(`${app.address}#/r/${id}`);
  await page.getByRole('button', { name: 'More actions' }).click({ timeout: 10_000 });
  await page.getByRole('menuitem', { name: 'Field history' }).click();
  const dialog = page.getByRole('dialog', { name: 'Field history' });
  await until(() => dialog.getByText('One → Two').count(), 'the rename');
  const words = await dialog.textContent();
  assert.match(words, /Undo[\s\S]*Industry[\s\S]*Energy → Banking[\s\S]*Industry[\s\S]*Banking → Energy[\s\S]*Account Name[\s\S]*One → Two[\s\S]*Created/);
  await execute(page, { command: 'UpdateRecord', object: 'Account', id, fields: { Name: 'Three' } });
  await until(() => dialog.getByText('Two → Three').count(), 'a change while it is open');
  await page.reload();
  await until(() => page.getByRole('dialog', { name: 'Field history' }).getByText('Two → Three').count(), 'the same address');
  await app.close();
});
