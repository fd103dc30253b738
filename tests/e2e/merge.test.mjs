// Merging through the page: a duplicate is told on the record, compared, merged and taken back; and people are reached
// from their page, by a finger on a phone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const total = async (page, soql) => (await query(page, soql)).totalSize;

test('merge: a duplicate is told, compared field by field, merged, and one undo takes it back', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const bob = await execute(page, { command: 'CreateRecord', object: 'Contact', fields: { FirstName: 'Bob', LastName: 'Meyer', Email: 'bob@acme.test', Title: 'Buyer' } });
  const other = await execute(page, { command: 'CreateRecord', object: 'Contact', fields: { FirstName: 'Robert', LastName: 'Meyer', Email: 'bob@acme.test', Phone: '+1 212 555 0100' } });
  await execute(page, { command: 'CreateRecord', object: 'Task', fields: { Subject: 'Call him', WhoId: other.id } });
  await page.goto(`${app.address}#/r/${bob.id}`);
  const compare = page.getByRole('button', { name: 'Compare and merge' });
  await until(() => compare.count(), 'the line about the duplicate');
  await compare.click();
  const dialog = page.getByRole('dialog', { name: 'Merge contacts' });
  await until(() => dialog.count(), 'the dialog');
  assert.match(page.url(), /dialog=merge/);
  await until(() => dialog.getByRole('radio', { name: 'Robert', exact: true }).count(), 'the names to choose from');
  await dialog.getByRole('radio', { name: 'Robert', exact: true }).click();
  await dialog.getByRole('button', { name: 'Merge 2 records' }).click();
  await until(async () => (await total(page, 'SELECT COUNT() FROM Contact')) === 1, 'one contact');
  const [kept] = (await query(page, 'SELECT Id, FirstName, Title, Phone FROM Contact')).records;
  assert.deepEqual([kept.Id, kept.FirstName, kept.Title, kept.Phone], [bob.id, 'Robert', 'Buyer', '+1 212 555 0100']);
  assert.equal(await total(page, `SELECT COUNT() FROM Task WHERE WhoId = '${bob.id}'`), 1);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await until(async () => (await total(page, 'SELECT COUNT() FROM Contact')) === 2, 'both contacts again');
  assert.equal(await total(page, `SELECT COUNT() FROM Task WHERE WhoId = '${other.id}'`), 1);
  await app.close();
});

test('reach: a contact is called on a phone, and what was said is written down right after', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const contact = await execute(page, { command: 'CreateRecord', object: 'Contact', fields: { LastName: 'Li', MobilePhone: '+1 (212) 555-0100', MailingCity: 'Ulm' } });
  await page.evaluate((id) => { location.hash = `#/r/${id}`; }, contact.id);
  const call = page.getByRole('button', { name: 'Call', exact: true });
  await until(() => call.count(), 'the button');
  // The browser would ask whether another program may take the number, and take no touch until that is answered.
  await page.evaluate(() => window.navigation.addEventListener('navigate', (event) => {
    if (!event.destination.url.startsWith('tel:')) return;
    window.dialled = event.destination.url;
    event.preventDefault();
  }));
  for (const name of ['Message', 'Map']) assert.equal(await page.getByRole('button', { name, exact: true }).count(), 1, name);
  await call.tap();
  const said = page.getByRole('textbox', { name: 'What was said?' });
  await until(() => said.count(), 'the place for what was said');
  await said.fill('Wants a quote');
  await page.getByRole('button', { name: 'Log call' }).tap();
  await until(async () => (await total(page, `SELECT COUNT() FROM Task WHERE Type = 'Call' AND WhoId = '${contact.id}'`)) === 1, 'the logged call');
  assert.equal(await page.evaluate(() => window.dialled), 'tel:+12125550100');   // what the telephone would have taken
  assert.deepEqual(app.faults, []);
  await app.close();
});
