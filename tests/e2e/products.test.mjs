// Products of an opportunity through the page, by role and name: added several at once, edited in place, removed, copied,
// imported; the amount follows. At a phone's size too.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

async function shop(page) {
  const make = async (object, fields) => (await execute(page, { command: 'CreateRecord', object, fields })).id;
  await make('Product2', { Name: 'Seat', ProductCode: 'S-1', Family: 'Software', UnitPrice: 20 });
  await make('Product2', { Name: 'Support', ProductCode: 'S-2', Family: 'Services', UnitPrice: 500 });
  return make('Opportunity', { Name: 'Sale', CloseDate: '2026-12-01', Amount: 7 });
}

const amount = async (page, name = 'Sale') => (await query(page, `SELECT Amount FROM Opportunity WHERE Name = '${name}'`)).records[0]?.Amount;
const amountIs = (page, value, name) => until(async () => (await amount(page, name)) === value, `an amount of ${value}`);

test('products: added, edited in place, removed and copied', { timeout: 180_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const opportunity = await shop(page);
  await page.goto(`${app.address}#/r/${opportunity}`);
  await page.getByRole('button', { name: 'Add products' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add products' });
  await dialog.getByRole('checkbox', { name: 'Support' }).click();
  await dialog.getByRole('textbox', { name: 'Discount' }).fill('10');
  await dialog.getByRole('searchbox', { name: 'Search products' }).fill('s-1');
  await until(async () => (await dialog.getByRole('checkbox', { name: 'Seat' }).count()) === 1, 'the product of that code');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Add 2 products' }).click();
  await amountIs(page, 470);
  await until(() => page.getByText('from products').count(), 'where the amount comes from');
  assert.equal(await page.getByRole('button', { name: 'Edit Amount' }).count(), 0);

  const table = page.getByRole('grid', { name: 'Products' });
  await table.getByRole('gridcell', { name: '10' }).first().dblclick();
  await page.getByRole('textbox', { name: 'Discount' }).fill('20');
  await page.keyboard.press('Enter');
  await amountIs(page, 420);

  await page.goto(`${app.address}#/o/Opportunity/new?clone=${opportunity}`);
  await until(() => page.getByRole('checkbox', { name: 'Copy its 2 products' }).count(), 'the choice');
  await page.getByRole('textbox', { name: 'Opportunity Name' }).fill('Copy');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await amountIs(page, 420, 'Copy');
  const { records } = await query(page, "SELECT Name, (SELECT Product2.Name, TotalPrice FROM OpportunityLineItems) FROM Opportunity WHERE Name = 'Copy'");
  assert.deepEqual(records[0].OpportunityLineItems.records.map((line) => [line.Product2.Name, line.TotalPrice]), [['Support', 400], ['Seat', 20]]);
  await page.keyboard.press('Control+z');
  await until(async () => (await amount(page, 'Copy')) === undefined, 'the undo');

  const refused = await execute(page, { command: 'UpdateRecord', object: 'Opportunity', id: opportunity, fields: { Amount: 1 } }).catch((error) => error);
  assert.equal(refused.ok, false);
  assert.match(refused.error.message, /Change the products/);
  await app.close();
});

test('products: on a phone a line opens as a sheet, with the keyboard closed', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const opportunity = await shop(page);
  await execute(page, { command: 'CreateRecord', object: 'OpportunityLineItem', fields: { OpportunityId: opportunity, 'Product2.Name': 'Seat', Quantity: 2 } });
  await page.goto(`${app.address}#/r/${opportunity}`);
  await page.getByRole('button', { name: 'Seat' }).tap();
  const sheet = page.getByRole('dialog', { name: 'Seat' });
  await sheet.getByRole('textbox', { name: 'Quantity' }).fill('3');
  await sheet.getByRole('button', { name: 'Save' }).tap();
  await amountIs(page, 60);
  await page.getByRole('button', { name: 'Seat' }).tap();
  await sheet.getByRole('button', { name: 'Remove' }).tap();
  await until(async () => (await query(page, 'SELECT COUNT() FROM OpportunityLineItem')).totalSize === 0, 'the removal');
  await page.getByRole('button', { name: 'Undo' }).first().tap();
  await until(async () => (await query(page, 'SELECT COUNT() FROM OpportunityLineItem')).totalSize === 1, 'the undo');
  await app.close();
});
