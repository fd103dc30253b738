// A rep's day through the page, by role and name alone, at a laptop's, a tablet's and a phone's size: what is due is worked
// off, a contact is found, a meeting is logged and a call in one line, the next visit is put into the calendar, a list is
// narrowed and changed together, a deleted record comes back, and the record's history tells what the day did.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, hands, openApp, query, ready, steadyPlace, until } from './support.mjs';

const sizes = [
  ['a laptop', { viewport: { width: 1440, height: 900 } }],
  ['a tablet', { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true }],
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }],
];
const wednesday = new Date('2026-11-25T10:00:00Z');

async function make(page, object, fields) {
  const answer = await execute(page, { command: 'CreateRecord', object, fields });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.id;
}

for (const [name, context] of sizes)
  test(`a rep's day on ${name}`, { timeout: 240_000 }, async (t) => {
    const app = await openApp({ open: false, ...context });
    t.after(() => app.close().catch(() => {}));
    const { page } = app;
    await page.clock.setFixedTime(wednesday);
    await page.goto(app.address);
    await ready(page);
    const account = await make(page, 'Account', { Name: 'Acme' });
    const contact = await make(page, 'Contact', { FirstName: 'Ann', LastName: 'Meyer', AccountId: account });
    const sale = await make(page, 'Opportunity', { Name: 'Turbines', StageName: 'Prospecting', CloseDate: '2026-12-31', Amount: 5000, AccountId: account });
    await make(page, 'Task', { Subject: 'Send the offer', ActivityDate: '2026-11-23', WhoId: contact });
    await make(page, 'Task', { Subject: 'Ring the plant', ActivityDate: '2026-11-25' });
    for (const [LastName, Rating] of [['Ito', 'Cold'], ['Okoye', 'Cold'], ['Silva', 'Hot']]) await make(page, 'Lead', { LastName, Company: 'Fair', Rating });

    const { press, named, button, field, pressUntil } = hands(page, context.hasTouch);
    const count = async (from) => (await query(page, `SELECT Id FROM ${from}`)).totalSize;

    // A dialog that closes goes back in the history: elsewhere only once it has.
    const go = async (path) => {
      await until(async () => await page.getByRole('dialog').count() === 0, 'the dialogs to close');
      await page.waitForTimeout(300);
      await page.goto(app.address + path);
    };

    // What is due: one after the other.
    if (name === 'a tablet') await button('Navigation');
    await press(named('link', 'Tasks'));
    await named('group', 'Overdue, 1 task').waitFor();
    await button('Next task');
    await page.getByText('1 of 2', { exact: true }).waitFor();
    await named('link', 'Ann Meyer').waitFor();
    await pressUntil(named('button', 'Complete'), () => page.getByText('2 of 2', { exact: true }).count(), 'the second task');
    await pressUntil(named('button', 'Skip'), () => page.getByText('1 completed, 0 moved, 1 skipped.').count(), 'the end of the tasks');
    await pressUntil(named('button', 'Close', page.getByRole('dialog')), async () => await page.getByRole('dialog').count() === 0, 'the feed');
    await until(async () => await count("Task WHERE IsClosed = true AND Subject = 'Send the offer'") === 1, 'the task');

    // Whom it was about is found from anywhere; what was said is kept.
    await button('Search');
    await page.getByRole('combobox', { name: 'Search records and commands' }).fill('meyer ac');
    await press(named('option', /Ann Meyer/));
    await named('heading', 'Ann Meyer').waitFor();
    if (context.hasTouch) await press(named('tab', 'Activity'));
    await press(named('tab', 'Meeting'));
    await field('Notes on the meeting').fill('Two more turbines in spring');
    await pressUntil(named('button', 'Log meeting'), async () => await count("Event WHERE Who.Name = 'Ann Meyer' AND StartDateTime = 2026-11-25T09:30:00Z") === 1, 'the meeting');
    await named('link', 'Meeting', page.getByRole('region', { name: 'Activity' })).waitFor();

    // A call in one line: the call, the offer, what comes next.
    await button('More actions');
    await press(named('menuitem', /^Quick log/));
    await field('What happened, and what comes next?').fill('Call with Ann, quote 12k, follow up Fri 10:00');
    await page.getByRole('checkbox', { name: 'Change “Turbines”' }).waitFor();
    await pressUntil(named('button', 'Save', page.getByRole('dialog')), async () => await count("Task WHERE ActivityDate = 2026-11-27 AND IsClosed = false AND Who.Name = 'Ann Meyer'") === 1, 'the follow-up');
    assert.equal(await count('Opportunity WHERE Amount = 12000'), 1);

    // The visit goes into the calendar.
    await go(`#/calendar?view=day`);
    await until(() => page.getByRole('button', { name: /^Meeting, 9:30\sAM to 10:00\sAM/ }).count(), 'the meeting in the calendar');
    await button('New event');
    await field('Subject').fill('Visit Acme');
    await pressUntil(named('button', 'Save', page.getByRole('dialog')), async () => await count("Event WHERE Subject = 'Visit Acme' AND StartDateTime = 2026-11-25T11:00:00Z") === 1, 'the visit');

    // Leads are narrowed down and changed together, seen before, taken back at once.
    await go(`#/o/Lead?where=${encodeURIComponent("Rating = 'Cold'")}`);
    await until(async () => await page.getByRole('link', { name: /Ito/ }).count() > 0 && await page.getByRole('link', { name: /Silva/ }).count() === 0, 'the cold ones');
    if (name === 'a phone') {
      await button('List menu');
      await press(named('menuitem', 'Select records'));
      for (const lead of ['Ito', 'Okoye']) await press(named('checkbox', `Select ${lead}`));
    } else {
      await press(named('checkbox', 'Select all'));
    }
    await page.getByText('2 selected').waitFor();
    const change = page.getByRole('dialog');
    await pressUntil(named('button', 'Change field'), () => change.count(), 'the change');
    const choose = async (list, option) => {
      await press(named('combobox', list, change));
      const search = page.getByRole('combobox', { name: list }).and(page.locator('input'));
      if (await search.count()) await search.fill(option);
      await steadyPlace(named('option', option));
      await press(named('option', option));
    };
    await choose('Field', 'Rating');
    await choose('Rating', 'Warm');
    await change.getByText('2 records will change').waitFor();
    await button('Apply', change);
    await until(async () => await count("Lead WHERE Rating = 'Warm'") === 2, 'the change');
    await pressUntil(named('button', 'Undo'), async () => await count("Lead WHERE Rating = 'Cold'") === 2, 'the undo');

    // Deleted by mistake, and back with what belongs to it.
    await go(`#/r/${account}`);
    await named('heading', 'Acme').waitFor();
    await button('More actions');
    await press(named('menuitem', 'Delete'));
    await until(async () => await count('Account') === 0, 'the deletion');
    await go(`#/recycle-bin`);
    await press(name === 'a phone' ? named('link', 'Acme') : named('checkbox', 'Select Acme'));
    await button('Restore');
    await until(async () => await count('Account') === 1 && await count("Opportunity WHERE Account.Name = 'Acme'") === 1, 'the account with its sale');

    // What the day did stands in the sale's history.
    await go(`#/r/${sale}?dialog=history:${sale}`);
    await page.getByRole('dialog', { name: 'Field history' }).getByText(/5,000.* → .*12,000/).waitFor();
    await app.close();
  });
