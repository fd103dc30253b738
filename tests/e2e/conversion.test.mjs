// Lead conversion through the page: the dialog suggests the matching account, and leaves three records behind.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

test('conversion: the dialog suggests the matching account with its reason and converts', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const account = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'ACME, Inc.' } });
  const lead = await execute(page, { command: 'CreateRecord', object: 'Lead', fields: { FirstName: 'Ann', LastName: 'Meyer', Company: 'Acme GmbH', Phone: '+49 30 1' } });
  await page.goto(`${app.address}#/r/${lead.id}`);
  await page.getByRole('button', { name: 'Convert', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: /Convert Ann Meyer/ });
  await until(() => dialog.count(), 'the dialog');
  await until(() => page.getByText(/same name/).count(), 'the reason of the match');
  await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
  await until(() => page.getByRole('link', { name: 'Acme GmbH', exact: true }).count(), 'the new opportunity');
  const { records } = await query(page, 'SELECT AccountId, Account.Phone FROM Contact');
  assert.equal(records[0].AccountId, account.id);
  assert.equal(records[0].Account.Phone, '+49 30 1');
  await page.getByRole('button', { name: 'Undo the conversion' }).click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM Contact')).totalSize === 0, 'the undo');
  await app.close();
});

test('conversion: says what goes where and adds a follow-up task', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const lead = await execute(page, { command: 'CreateRecord', object: 'Lead', fields: { LastName: 'Li', Company: 'Acme', Website: 'https://acme.test' } });
  await page.goto(`${app.address}#/r/${lead.id}?dialog=convert%3A${lead.id}`);
  const dialog = page.getByRole('dialog', { name: 'Convert Li' });
  await until(() => dialog.count(), 'the dialog');
  await dialog.getByRole('switch', { name: 'Show what goes where' }).click();
  await until(() => dialog.getByText('acme.test').count(), 'the website that the account takes');
  await dialog.getByRole('checkbox', { name: 'Add a follow-up task for the contact' }).click();
  await dialog.getByRole('textbox', { name: 'Subject' }).fill('Send the offer');
  await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
  await until(async () => (await query(page, "SELECT COUNT() FROM Task WHERE Subject = 'Send the offer' AND Who.Name = 'Li'")).totalSize === 1, 'the task');
  await app.close();
});

test('conversion: an opportunity that is there brings its account along, in sight', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const account = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'Acme' } });
  const sale = await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name: 'Turbines', StageName: 'Prospecting', CloseDate: '2027-01-31', AccountId: account.id } });
  const lead = await execute(page, { command: 'CreateRecord', object: 'Lead', fields: { LastName: 'Li', Company: 'Other' } });
  await page.goto(`${app.address}#/r/${lead.id}?dialog=convert%3A${lead.id}`);
  const dialog = page.getByRole('dialog', { name: 'Convert Li' });
  await until(() => dialog.count(), 'the dialog');
  await dialog.getByRole('group', { name: 'Opportunity' }).getByRole('radio', { name: 'Choose an existing one' }).click();
  await dialog.getByRole('combobox', { name: 'Existing Opportunity' }).click();
  await page.locator('input[role=combobox]').fill('turb');
  await page.getByRole('option', { name: /Turbines/ }).click();
  await until(async () => (await dialog.getByRole('combobox', { name: 'Existing Account' }).textContent()) === 'Acme', 'the account');
  await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
  await until(async () => (await query(page, `SELECT COUNT() FROM OpportunityContactRole WHERE OpportunityId = '${sale.id}' AND Contact.AccountId = '${account.id}'`)).totalSize === 1, 'the contact of that account');
  assert.equal((await query(page, 'SELECT COUNT() FROM Account')).totalSize, 1);
});

test('conversion: the suggested contact shows its account, and a new account means a new contact', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1280, height: 1600 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const zeta = await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'Zeta Holdings' } });
  await execute(page, { command: 'CreateRecord', object: 'Contact', fields: { FirstName: 'Eva', LastName: 'Stone', Email: 'eva@stone.com', AccountId: zeta.id } });
  const lead = await execute(page, { command: 'CreateRecord', object: 'Lead', fields: { FirstName: 'Eva', LastName: 'Stone', Company: 'Brandnew Ltd', Email: 'eva@stone.com', Phone: '77', Website: 'brandnew.com', Industry: 'Banking' } });
  await page.goto(`${app.address}#/r/${lead.id}?dialog=convert%3A${lead.id}`);
  const dialog = page.getByRole('dialog', { name: 'Convert Eva Stone' });
  await until(async () => (await dialog.getByRole('combobox', { name: 'Existing Account' }).textContent()) === 'Zeta Holdings', 'the account of the contact');
  await dialog.getByRole('switch', { name: 'Show what goes where' }).click();
  // The account's phone and the contact's, each in a group of its own.
  await until(async () => (await dialog.getByRole('group', { name: 'Phone', exact: true }).allTextContents()).join() === '77,77', 'both phones');
  assert.deepEqual(await dialog.getByRole('group', { name: 'Website' }).allTextContents(), ['brandnew.com']);
  await dialog.getByRole('radio', { name: 'New: Brandnew Ltd' }).click();
  await until(() => dialog.getByRole('radio', { name: 'New: Eva Stone', checked: true }).count(), 'the new contact');
  await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
  await until(async () => (await query(page, "SELECT COUNT() FROM Opportunity WHERE Account.Name = 'Brandnew Ltd'")).totalSize === 1, 'the opportunity of the new account');
  assert.equal((await query(page, "SELECT COUNT() FROM Account WHERE Name = 'Zeta Holdings' AND Phone = null AND Industry = null")).totalSize, 1);
  assert.equal((await query(page, "SELECT COUNT() FROM Contact WHERE Account.Name = 'Brandnew Ltd'")).totalSize, 1);
  // A script can't put the opportunity under another account than the one of the conversion.
  const other = await execute(page, { command: 'CreateRecord', object: 'Lead', fields: { LastName: 'Li', Company: 'Other' } });
  const refused = await execute(page, { command: 'ConvertLead', lead: other.id, opportunity: { fields: { AccountId: zeta.id } } });
  assert.match(refused.error.message, /another account/);
});
