// A whole sale through the page, by role and name alone, at a laptop's, a tablet's and a phone's size: a lead comes in, is
// called, goes on by its path, is converted; products are added, stages are gone through (one asks for a next step), it is
// won; another is lost, with the reason. The forecast, the account and a query then tell the same figures.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, hands, openApp, query, until } from './support.mjs';

const sizes = [
  ['a laptop', { viewport: { width: 1440, height: 900 } }],
  ['a tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true }],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }],
];

// What an admin set up: products, and that a qualified sale needs a next step.
async function prepare(page) {
  const run = async (command) => {
    const answer = await execute(page, command);
    assert.equal(answer.ok, true, JSON.stringify(answer));
    return answer;
  };
  for (const [Name, UnitPrice] of [['Turbine', 1200], ['Service', 99.5]]) await run({ command: 'CreateRecord', object: 'Product2', fields: { Name, UnitPrice } });
  const { fields } = await page.evaluate(() => window.outpost.describe('Opportunity'));
  const stages = fields.find((field) => field.name === 'StageName').picklistValues.map(({ value, defaultValue }) => ({ value, default: defaultValue }));
  stages.find(({ value }) => value === 'Qualification').requiredFields = ['NextStep'];
  await run({ command: 'UpdateField', object: 'Opportunity', field: 'StageName', values: stages });
}

for (const [name, context] of sizes)
  test(`a whole sale on ${name}`, { timeout: 240_000 }, async (t) => {
    const app = await openApp(context);
    t.after(() => app.close().catch(() => {}));
    const { page } = app;
    await prepare(page);
    const { press, named, button, field, pressUntil } = hands(page, context.hasTouch);
    const one = async (soql) => (await query(page, soql)).records[0];
    const stage = (of) => one(`SELECT StageName FROM Opportunity WHERE Name = '${of}'`).then((record) => record?.StageName);
    const stageIs = (of, wanted) => until(async () => (await stage(of)) === wanted, `${of} at ${wanted}`);

    // For a finger the path is one button that names all stages in a menu.
    const toStage = async (name) => {
      if (context.hasTouch) await press(page.getByRole('button', { name: /^Stage: .*, \d+ of \d+$/ }));
      await press(context.hasTouch ? named('menuitem', name) : named('button', name));
    };

    // The lead, its call, its status.
    await page.goto(`${app.address}#/o/Lead`);
    await button(/^New( Lead)?$/);
    await field('First Name').fill('Zoë');
    await field('Last Name').fill('Müller');
    await field('Company').fill('Müller & Söhne');
    await field('Email').fill('zoe@mueller.example');
    await button('Save');
    await until(async () => (await query(page, 'SELECT COUNT() FROM Lead')).totalSize === 1, 'the lead');
    await named('heading', 'Zoë Müller').waitFor();
    await button('More actions');
    await press(named('menuitem', 'Log a call'));
    await field('What was said?').fill('Wants two turbines');
    await pressUntil(named('button', 'Log call'), async () => (await query(page, "SELECT COUNT() FROM Task WHERE Status = 'Completed'")).totalSize === 1, 'the call');
    await button('Mark as complete');
    await until(async () => (await one('SELECT Status FROM Lead')).Status === 'Working - Contacted', 'the status');

    // Converted, with a follow-up task.
    await button('Convert');
    const convert = page.getByRole('dialog', { name: 'Convert Zoë Müller' });
    const followUp = convert.getByRole('checkbox', { name: 'Add a follow-up task for the contact' });
    await pressUntil(followUp, () => followUp.isChecked(), 'the follow-up task');
    await field('Subject', convert).fill('Send the offer');
    await button('Convert', convert);
    await press(page.getByRole('dialog').getByRole('link', { name: 'Müller & Söhne' }).last());
    await named('button', 'Mark as complete').waitFor();
    const sale = (await one('SELECT Name FROM Opportunity')).Name;
    await named('heading', sale).waitFor();

    // Products make the amount.
    await button('Add products');
    const products = page.getByRole('dialog', { name: 'Add products' });
    await press(products.getByRole('checkbox', { name: 'Turbine' }));
    await products.getByRole('textbox', { name: 'Quantity' }).fill('2');
    await button('Add 1 product', products);
    await until(async () => (await one('SELECT Amount FROM Opportunity')).Amount === 2400, 'the amount');

    // Stage by stage; the second one asks for a next step.
    await button('Mark as complete');
    await stageIs(sale, 'Qualification');
    await button('Mark as complete');
    const asked = page.getByRole('dialog', { name: 'Move to Needs Analysis' });
    await field('Next Step', asked).fill('Present to the board');
    await button('Move', asked);
    await stageIs(sale, 'Needs Analysis');
    await toStage('Negotiation/Review');
    await stageIs(sale, 'Negotiation/Review');
    await button('Mark as complete');
    const end = page.getByRole('dialog', { name: 'How did it end?' });
    await press(end.getByRole('radio', { name: 'Closed Won' }));
    await button('Save', end);
    await stageIs(sale, 'Closed Won');
    await end.waitFor({ state: 'detached' });

    // A second one is lost, and says why; the account's page tells both.
    const account = (await one('SELECT Id FROM Account')).Id;
    await page.goto(`${app.address}#/o/Opportunity/new?AccountId=${account}`);
    await field('Opportunity Name').fill('Spare parts');
    await field('Amount').fill('300');
    await field('Close Date').fill((await one('SELECT CloseDate FROM Opportunity')).CloseDate);
    await field('Close Date').press('Enter');
    await pressUntil(named('button', 'Save'), async () => (await query(page, "SELECT COUNT() FROM Opportunity WHERE Name = 'Spare parts'")).totalSize === 1, 'the second sale');
    await stageIs('Spare parts', 'Prospecting');
    await named('heading', 'Spare parts').waitFor();
    await toStage('Closed');
    await press(end.getByRole('radio', { name: 'Closed Lost' }));
    await press(end.getByRole('combobox', { name: 'Lost Reason' }));
    await press(named('option', 'Competition'));
    await button('Save', end);
    await stageIs('Spare parts', 'Closed Lost');
    await end.waitFor({ state: 'detached' });   // it goes back in the history, which would undo the way to another page

    const { records } = await query(page, 'SELECT StageName, SUM(Amount) total, COUNT(Id) number FROM Opportunity GROUP BY StageName ORDER BY StageName');
    assert.deepEqual(records.map((row) => [row.StageName, row.total, row.number]), [['Closed Won', 2400, 1], ['Closed Lost', 300, 1]]);
    assert.equal((await one("SELECT LostReason FROM Opportunity WHERE Name = 'Spare parts'")).LostReason, 'Competition');
    await page.goto(`${app.address}#/r/${account}`);
    await until(() => page.getByText('$2.4K').or(page.getByText('$2,400')).count(), 'what the account has won');
    await page.goto(`${app.address}#/forecast`);
    await until(() => page.getByText(/2\.4K|2,400/).count(), 'the forecast');

    // The follow-up is on the contact, and home shows no open sale.
    assert.equal((await query(page, "SELECT COUNT() FROM Task WHERE Subject = 'Send the offer' AND Who.Name = 'Zoë Müller'")).totalSize, 1);
    assert.equal((await query(page, 'SELECT COUNT() FROM Opportunity WHERE IsClosed = false')).totalSize, 0);
    await app.close();
  });
