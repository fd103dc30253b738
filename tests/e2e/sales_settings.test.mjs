// What an admin sets for leads and boards, through the page by role and name: a duplicate rule, where a lead's fields go on
// conversion, and what a board's cards show; and a lead that is taken down in a few fields.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const one = async (page, soql) => (await query(page, soql)).records[0];
const done = async (page, command) => assert.equal((await execute(page, command)).ok, true, JSON.stringify(command));

const described = async (place, words) => (await place.count()) > 0 && words.test(await place.first().evaluate((node) => node.getAttribute('aria-description') ?? ''));

// One value of a picklist, or several of a list that stays open; a long one is searched, as a person would.
async function choose(page, dialog, field, options, { several = false } = {}) {
  await dialog.getByRole('combobox', { name: field, exact: true }).click();
  for (const option of options) {
    if (several) await page.getByPlaceholder('Type to search').fill(option);
    await page.getByRole('option', { name: option, exact: true }).click();
  }
  if (several) await page.keyboard.press('Escape');
}

test('duplicates: an own rule finds what the standard one leaves out, and says so', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await done(page, { command: 'CreateRecord', object: 'Contact', fields: { FirstName: 'Robert', LastName: 'Meyer', Title: 'Head of Sales', MailingCity: 'Berlin' } });
  await page.goto(`${app.address}#/settings`);
  await page.getByRole('button', { name: 'Set up duplicate rules' }).click();
  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Same post');
  await choose(page, dialog, 'All of these must fit', ['Title', 'City'], { several: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(() => page.getByText('Title and City').count(), 'the rule');

  // A lead in a few fields, from anywhere with one key: what may be the same is told as it is typed.
  await page.goto(`${app.address}#/o/Lead`);
  await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor();
  await page.keyboard.press('q');
  await until(() => dialog.getByRole('textbox', { name: 'First Name' }).count(), 'the quick form');
  assert.equal(await dialog.getByRole('textbox', { name: 'First Name' }).inputValue(), '');
  await dialog.getByRole('textbox', { name: 'First Name' }).fill('Bob');
  await dialog.getByRole('textbox', { name: 'Last Name' }).fill('Meyer');
  await dialog.getByRole('textbox', { name: 'Company' }).fill('Acme');
  await dialog.getByRole('textbox', { name: 'Email' }).fill('bob@acme.test');
  await dialog.getByRole('button', { name: 'Save & new' }).click();
  await until(async () => (await query(page, 'SELECT Id FROM Lead')).totalSize === 1, 'the first lead');
  await until(async () => (await dialog.getByRole('textbox', { name: 'Last Name' }).inputValue()) === '', 'an empty form');
  await dialog.getByRole('textbox', { name: 'Last Name' }).fill('Meyer');
  await dialog.getByRole('textbox', { name: 'Company' }).fill('Acme');
  await dialog.getByRole('textbox', { name: 'Email' }).fill('bob@acme.test');
  await until(async () => described(dialog.getByRole('region', { name: 'Possible duplicates' }).getByRole('link', { name: 'Bob Meyer' }), /% alike: same email/), 'the notice');
  // The whole form goes on with what was typed.
  await dialog.getByRole('button', { name: 'All fields' }).click();
  await until(async () => (await page.getByRole('textbox', { name: 'Company' }).count()) && (await page.getByRole('textbox', { name: 'Company' }).inputValue()) === 'Acme', 'the whole form');
  await page.getByRole('textbox', { name: 'Title' }).fill('Head of sales');
  await page.getByRole('textbox', { name: 'City' }).fill('Berlin');
  await until(async () => described(page.getByRole('region', { name: 'Possible duplicates' }).getByRole('link', { name: 'Robert Meyer' }), /Same post/), 'the rule that says so');
  const { duplicates } = await page.evaluate(() => window.outpost.call('findDuplicates', { object: 'Lead', fields: { LastName: 'X', Title: 'Head of sales', City: 'Berlin' } }));
  assert.deepEqual(duplicates.map(({ name, rule, reasons }) => [name, rule, reasons]), [['Robert Meyer', 'Same post', ['SameTitle', 'SameAddress']]]);
  await app.close();
});

test('duplicates: a rule over an own field, and the form names it', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  for (const object of ['Lead', 'Contact']) await done(page, { command: 'DefineField', object, field: 'Number__c', label: 'Customer number', type: 'Text', length: 20 });
  await done(page, { command: 'CreateRecord', object: 'Contact', fields: { LastName: 'Meyer', Number__c: 'DE-123' } });
  await page.goto(`${app.address}#/settings/duplicates`);
  await page.getByRole('button', { name: 'New rule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Same number');
  await choose(page, dialog, 'All of these must fit', ['Customer number'], { several: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(async () => (await one(page, 'SELECT ComparedFields FROM DuplicateRule'))?.ComparedFields === 'Number__c', 'the rule');
  await page.goto(`${app.address}#/o/Lead/new`);
  const number = page.getByRole('textbox', { name: 'Customer number' });
  await until(() => number.count(), 'the form');
  await number.fill('de123');
  await until(async () => described(page.getByRole('region', { name: 'Possible duplicates' }).getByRole('link', { name: 'Meyer' }), /same Customer number/), 'the notice');
  const { duplicates } = await page.evaluate(() => window.outpost.call('findDuplicates', { object: 'Lead', fields: { Number__c: 'DE 123' } }));
  assert.deepEqual(duplicates.map(({ name, rule, reasons }) => [name, rule, reasons]), [['Meyer', 'Same number', ['SameField']]]);
  await page.keyboard.press('Escape');
  await app.close();
});

test('conversion: a field of the lead goes where settings say', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await done(page, { command: 'DefineField', object: 'Lead', field: 'Budget__c', label: 'Budget', type: 'Currency', precision: 12, scale: 2 });
  await done(page, { command: 'DefineField', object: 'Opportunity', field: 'Plan__c', label: 'Planned Budget', type: 'Currency', precision: 12, scale: 2 });
  await done(page, { command: 'CreateRecord', object: 'Lead', fields: { LastName: 'Li', Company: 'Huaxing', Budget__c: 5000 } });
  await page.goto(`${app.address}#/settings`);
  await page.getByRole('button', { name: 'Set up conversion' }).click();
  await page.getByRole('button', { name: /^Budget/ }).click();
  const dialog = page.getByRole('dialog');
  await choose(page, dialog, 'Opportunity', ['Planned Budget']);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(async () => described(page.getByRole('button', { name: /^Budget/ }), /Opportunity: Planned Budget/), 'the new target');
  await page.goto(`${app.address}#/r/${(await one(page, 'SELECT Id FROM Lead')).Id}`);
  await page.getByRole('button', { name: 'Convert', exact: true }).click();
  await dialog.getByRole('button', { name: 'Convert', exact: true }).click();
  await until(async () => (await query(page, 'SELECT Id FROM Opportunity')).totalSize === 1, 'the opportunity');
  assert.equal((await one(page, 'SELECT Plan__c FROM Opportunity')).Plan__c, 5000);
  await app.close();
});

test('board: cards show the fields that were chosen, and stay so', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await done(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name: 'Turbines', StageName: 'Prospecting', CloseDate: '2027-03-31', Amount: 10, NextStep: 'Send the offer' } });
  await page.goto(`${app.address}#/o/Opportunity/board`);
  await page.getByRole('button', { name: 'List menu' }).click();
  await page.getByRole('menuitem', { name: 'Card fields' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('switch', { name: 'Compact cards' }).click();
  await choose(page, dialog, 'More fields', ['Next Step'], { several: true });
  await dialog.getByRole('button', { name: 'Save' }).click();
  const card = page.getByRole('link', { name: /^Turbines.*Next Step Send the offer/ });
  await card.waitFor();
  await page.reload();
  await card.waitFor();
  await app.close();
});
