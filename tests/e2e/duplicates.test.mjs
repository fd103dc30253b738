// Possible duplicates through the page: they appear while one types, are said once, and lead to the record.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

test('duplicates: shown with their reasons while a lead is typed, said once, and followed', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const contact = await execute(page, { command: 'CreateRecord', object: 'Contact', fields: { FirstName: 'Robert', LastName: 'Meyer', Email: 'bob@acme.test' } });
  const answer = await page.evaluate(() => window.outpost.call('findDuplicates', { object: 'Lead', fields: { FirstName: 'Bob', LastName: 'Mayer', Email: 'BOB@acme.test' } }));
  assert.deepEqual(answer.duplicates, [{ object: 'Contact', id: contact.id, name: 'Robert Meyer', score: 87, reasons: ['SameEmail', 'SimilarFirstName', 'SimilarLastName'], rule: null }]);
  await page.goto(`${app.address}#/o/Lead/new`);
  const fill = async (name, text) => {
    const field = page.getByRole('textbox', { name });
    await until(() => field.count(), name);
    await field.fill(text);
    await field.press('Tab');
  };
  await fill('First Name', 'Bob');
  await fill('Last Name', 'Mayer');
  await fill('Company', 'Acme');
  await fill('Email', 'bob@acme.test');
  const region = page.getByRole('region', { name: 'Possible duplicates' });
  await until(() => region.count(), 'the duplicates');
  const link = region.getByRole('link', { name: 'Robert Meyer' });
  assert.match(await link.evaluate((node) => node.getAttribute('aria-description') ?? ''), /same email, similar first name, similar last name/);
  assert.equal((await query(page, 'SELECT COUNT() FROM Lead')).totalSize, 0);
  await link.click();
  await until(() => page.getByText('Discard changes?').count(), 'the question');
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await until(() => page.url().includes(`#/r/${contact.id}`), 'the contact');
  await app.close();
});
