// Lead routing through the page: an entry gives imported leads to a queue, one of them is taken, a group takes turns.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

test('routing: set up in the page, run by an import, taken from the queue, undone', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ path: '#/routing', viewport: { width: 1440, height: 1000 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const button = (name) => page.getByRole('button', { name, exact: true });
  const appear = (locator, what) => until(() => locator.count(), what);
  await appear(button('New queue or group'), 'the page');
  await button('New queue or group').click();
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' });
  await appear(name, 'the dialog');
  await name.fill('Inbound');
  await page.getByText('Nobody can take its leads').first().waitFor({ state: 'attached' });
  await button('Save').click();
  await until(async () => (await query(page, "SELECT COUNT() FROM Group WHERE Type = 'Queue'")).totalSize === 1, 'the queue');
  await until(async () => await page.getByRole('dialog').count() === 0, 'the dialog to close');

  await button('New entry').first().click();
  await appear(name, 'the dialog');
  await name.fill('Germany');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Value' }).fill('Germany');
  await page.getByRole('combobox', { name: 'Assigned To' }).click();
  await page.getByRole('option', { name: /Inbound/ }).click();
  await button('Save').click();
  await until(async () => (await query(page, "SELECT COUNT() FROM AssignmentRuleEntry WHERE AssignedTo.Name = 'Inbound'")).totalSize === 1, 'the entry');

  const imported = await page.evaluate(() => window.outpost.importFile({ name: 'leads.csv', object: 'Lead',
    bytes: new TextEncoder().encode('Last Name,Company,Country\nWeiss,Acme,Germany\nBlanc,Bolt,France\n') }));
  assert.equal(imported.routed, 1);
  const [waiting] = (await query(page, "SELECT Id, Owner.Name FROM Lead WHERE Owner.Type = 'Queue'")).records;
  assert.equal(waiting.Owner.Name, 'Inbound');
  const trial = await page.evaluate(() => window.outpost.call('routing', {}));
  assert.deepEqual([trial.total, trial.matched, trial.changes], [2, 1, 0]);

  // Who is no member is told so, by the page and by the command; its button leads to the queue's members.
  await page.goto(`${app.address}#/r/${waiting.Id}`);
  await appear(button('Members'), 'whose queue it is');
  assert.equal(await button('Take').count(), 0);
  const refused = await execute(page, { command: 'TakeLead', id: waiting.Id });
  assert.match(refused.error.message, /has no members yet, so nobody can take it/);
  await button('Members').click();
  const add = page.getByRole('combobox', { name: 'Add a member' });
  await appear(add, 'the queue');
  await add.click();
  await page.getByRole('option').first().click();
  await button('Save').click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM GroupMember')).totalSize === 1, 'the member');
  await page.goto(`${app.address}#/r/${waiting.Id}`);
  await appear(button('Take'), 'Take');
  await button('Take').click();
  await until(async () => (await query(page, "SELECT COUNT() FROM Lead WHERE Owner.Type = 'Queue'")).totalSize === 0, 'the lead taken');
  const again = await execute(page, { command: 'TakeLead', id: waiting.Id });
  assert.match(again.error.message, /yours already/);
  await page.keyboard.press('Control+z');
  await until(async () => (await query(page, "SELECT COUNT() FROM Lead WHERE Owner.Type = 'Queue'")).totalSize === 1, 'the lead back in its queue');
  await app.close();
});

test('routing: the import wizard routes new leads unless its box is cleared', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ path: '#/import' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const queue = await execute(page, { command: 'CreateRecord', object: 'Group', fields: { Name: 'Inbound', Type: 'Queue' } });
  await execute(page, { command: 'CreateRecord', object: 'AssignmentRuleEntry', fields: { Name: 'All', SortOrder: 1, AssignedToId: queue.id } });
  const press = async (name) => {
    const button = page.getByRole('button', { name });
    await until(() => button.count(), String(name));
    await button.first().click();
  };
  for (const routes of [false, true]) {
    await page.goto(`${app.address}#/import`);
    await until(() => page.getByRole('button', { name: 'Choose a file', exact: true }).count(), 'the wizard');
    const chooser = page.waitForEvent('filechooser');
    await press('Choose a file');
    await (await chooser).setFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(`Company,Last Name,Email\nAcme,${routes ? 'Routed' : 'Kept'},a@acme.test\n`) });
    const box = page.getByRole('checkbox', { name: 'Route new leads' });
    await until(() => box.count(), 'the box');
    await box.focus();
    if (!routes) await box.press('Space');
    await press('Check the values');
    await press(/^Import 1 row/);
    await until(() => page.getByRole('button', { name: 'Undo this import' }).count(), 'the end');
    assert.equal(await page.getByText('1 lead was given to somebody by the lead routing.').count() > 0, routes);
  }
  assert.deepEqual((await query(page, "SELECT LastName FROM Lead WHERE Owner.Name = 'Inbound'")).records.map((lead) => lead.LastName), ['Routed']);
  await app.close();
});

test('web-to-lead: pasted answers become leads, without those that are there already, in one edit', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ path: '#/web-to-lead' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await execute(page, { command: 'CreateRecord', object: 'Contact', fields: { FirstName: 'Ann', LastName: 'Weiss', Email: 'ann@acme.test' } });
  const text = 'first_name,last_name,company,email,zip\nAnn,Weiss,Acme,ann@acme.test,1\nBob,Blanc,Bolt,bob@bolt.test,01234\n';
  const dry = await page.evaluate((answers) => window.outpost.call('webLeads', { text: answers, dryRun: true }), text);
  assert.deepEqual([dry.total, dry.duplicates.map(({ row, object }) => [row, object])], [2, [[1, 'Contact']]]);
  const area = page.getByRole('textbox', { name: 'Answers', exact: true });
  await until(() => area.count(), 'the page');
  await area.fill(text);
  await page.getByRole('button', { name: 'Preview' }).click();
  const add = page.getByRole('button', { name: 'Add 1 lead' });
  await until(() => add.count(), 'the answers');
  assert.equal((await query(page, 'SELECT COUNT() FROM Lead')).totalSize, 0);
  await add.click();
  await until(async () => (await query(page, "SELECT COUNT() FROM Lead WHERE LastName = 'Blanc' AND LeadSource = 'Web' AND PostalCode = '01234'")).totalSize === 1, 'the lead');
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM Lead')).totalSize === 0, 'none again');
  await app.close();
});
