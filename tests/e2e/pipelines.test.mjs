// Pipelines and stages through the page, by role and name: an admin adds a pipeline with a stage of its own; the board
// shows one at a time; a win asks for what the stage needs, a loss why.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

const one = async (page, soql) => (await query(page, soql)).records[0];

// A dialog that closes goes back in the history, which would undo the way to another page.
const closed = (dialog) => dialog.waitFor({ state: 'detached' });

test('pipelines: a new one begins with copies of the stages of another, by page and by command', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ path: '#/settings/stages', viewport: { width: 1440, height: 1000 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const stages = async () => (await page.evaluate(() => window.outpost.describe('Opportunity'))).fields.find((field) => field.name === 'StageName').picklistValues;
  const [before] = await stages();
  await page.getByRole('button', { name: 'New pipeline' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name of the new pipeline' }).fill('Partners');
  await dialog.getByRole('combobox', { name: 'Begin with copies of the stages of' }).click();
  await page.getByRole('option', { name: 'Sales' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(() => page.getByText('Prospecting (Partners)').count(), 'the copies');
  const copy = (await stages()).find(({ value }) => value === 'Prospecting (Partners)');
  assert.deepEqual([copy.validFor, copy.probability, copy.forecastCategory], [['Partners'], before.probability, before.forecastCategory]);
  assert.equal((await execute(page, { command: 'CopyPipeline', from: 'Partners', name: 'OEM' })).ok, true);
  assert.deepEqual((await stages()).find(({ value }) => value === 'Prospecting (OEM)').validFor, ['OEM']);
  assert.match((await execute(page, { command: 'CopyPipeline', from: 'Sales', name: 'OEM' })).error.message, /already/);
  await page.keyboard.press('Control+z');
  await until(() => page.getByText('Prospecting (OEM)').count().then((count) => count === 0), 'the second one gone');
  await page.keyboard.press('Control+z');
  await until(async () => (await stages()).every(({ value }) => !value.includes('(')), 'all as before');
  await app.close();
});

test('pipelines: with another default the older opportunities stay in theirs, by board and filter', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 1000 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await page.getByRole('button', { name: /sample data/i }).first().click();
  const count = async (condition) => (await query(page, `SELECT COUNT() FROM Opportunity WHERE ${condition}`)).totalSize;
  await until(async () => await count('Id != null') > 100, 'the sample data');
  const all = await count('Id != null');
  const stages = async () => (await query(page, "SELECT StageName, COUNT(Id) number FROM Opportunity WHERE Name != 'Contract' GROUP BY StageName ORDER BY StageName")).records;
  const before = await stages();
  await page.goto(`${app.address}#/settings/stages`);
  await page.getByRole('button', { name: 'New pipeline' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name of the new pipeline' }).fill('Renewals');
  await dialog.getByRole('combobox', { name: 'Begin with copies of the stages of' }).click();
  await page.getByRole('option', { name: 'Sales' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(async () => await count("Pipeline = 'Sales'") === all, 'all of them in Sales');
  await closed(dialog);
  await page.getByRole('listitem', { name: /^Renewals/ }).click();
  await dialog.getByRole('switch', { name: 'Default' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await closed(dialog);
  assert.equal((await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name: 'Contract', CloseDate: '2027-03-31' } })).ok, true);
  assert.equal((await one(page, "SELECT Pipeline FROM Opportunity WHERE Name = 'Contract'")).Pipeline, 'Renewals');
  assert.deepEqual([await count("Pipeline = 'Sales'"), await count("Pipeline = 'Renewals'"), await stages()], [all, 1, before]);
  await page.goto(`${app.address}#/o/Opportunity/board`);
  await page.getByRole('link', { name: /^Contract/ }).waitFor();
  await until(() => page.getByText('1 record', { exact: true }).count(), 'the contract alone');
  await app.close();
});

test('pipelines: made in settings, shown on the board, asked for on the way', { timeout: 180_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 1440, height: 900 } });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  await page.goto(`${app.address}#/settings`);
  await page.getByRole('button', { name: 'Set up stages' }).click();
  await page.getByRole('button', { name: 'New pipeline' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name of the new pipeline' }).fill('Renewals');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(() => page.getByRole('listitem', { name: /Renewals/ }).or(page.getByText('“Renewals” saved')).count(), 'the pipeline');
  await closed(dialog);
  await page.getByRole('button', { name: 'New stage' }).click();
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Notice Sent');
  await dialog.getByRole('textbox', { name: 'Probability' }).fill('60');
  await dialog.getByRole('combobox', { name: 'Pipelines' }).click();
  await page.getByRole('option', { name: 'Renewals' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByRole('combobox', { name: 'Required before going on' }).click();
  await page.getByRole('option', { name: 'Next Step' }).click();
  await page.keyboard.press('Escape');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(() => page.getByText(/60% · Pipeline, Renewals/).count(), 'the stage');
  await closed(dialog);
  const { fields } = await page.evaluate(() => window.outpost.describe('Opportunity'));
  const made = fields.find((field) => field.name === 'StageName').picklistValues.find(({ value }) => value === 'Notice Sent');
  assert.deepEqual([made.validFor, made.requiredFields], [['Renewals'], ['NextStep']]);

  for (const [Name, Pipeline, StageName] of [['Contract', 'Renewals', 'Notice Sent'], ['Turbines', 'Sales', 'Prospecting']])
    assert.equal((await execute(page, { command: 'CreateRecord', object: 'Opportunity', fields: { Name, Pipeline, StageName, CloseDate: '2027-03-31', Amount: 10 } })).ok, true);
  await page.goto(`${app.address}#/o/Opportunity/board?pipeline=Renewals`);
  await until(() => page.getByText('1 record', { exact: true }).count(), 'the contract alone');
  assert.equal(await page.getByRole('link', { name: /^Turbines/ }).count(), 0);
  // On to the won stage: what the stage asks for comes first.
  await page.goto(`${app.address}#/r/${(await one(page, "SELECT Id FROM Opportunity WHERE Name = 'Contract'")).Id}`);
  await page.getByRole('button', { name: 'Closed', exact: true }).click();
  await dialog.getByRole('radio', { name: 'Closed Won' }).click();
  await dialog.getByRole('textbox', { name: 'Next Step' }).fill('Send the papers');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await until(async () => (await one(page, "SELECT StageName FROM Opportunity WHERE Name = 'Contract'")).StageName === 'Closed Won', 'the win');
  await closed(dialog);
  // A loss is asked why.
  await page.goto(`${app.address}#/o/Opportunity/board?pipeline=Sales`);
  const turbines = page.getByRole('link', { name: /^Turbines/ });
  await turbines.waitFor();
  const { Id } = await one(page, "SELECT Id FROM Opportunity WHERE Name = 'Turbines'");
  await page.goto(`${app.address}#/o/Opportunity/board?pipeline=Sales&dialog=${encodeURIComponent(`move:${Id}:Closed Lost`)}`);
  await dialog.getByRole('combobox', { name: 'Lost Reason' }).click();
  await page.getByRole('option', { name: 'Pricing' }).click();
  await dialog.getByRole('button', { name: 'Move' }).click();
  await until(async () => (await one(page, "SELECT LostReason FROM Opportunity WHERE Name = 'Turbines'")).LostReason === 'Pricing', 'the reason');
  await app.close();
});
