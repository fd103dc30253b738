// Records through the page, by role and name alone: a form with its faults, lists that sort and filter, editing in
// place, actions on many, and an object that an admin just defined.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp as open, query, ready, until } from './support.mjs';

// Tall, so that a whole record is in sight.
const openApp = (options = {}) => open({ viewport: { width: 1280, height: 1600 }, ...options });
const one = async (page, soql) => (await query(page, soql)).records[0];
const create = async (page, object, fields) => {
  const answer = await execute(page, { command: 'CreateRecord', object, fields });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.id;
};
const rowNames = (page) => page.getByRole('grid').getByRole('row').getByRole('link').allTextContents();

test('form: faults stand at their fields, a saved record opens and outlives a reload', { timeout: 120_000 }, async () => {
  const app = await openApp({ path: '#/o/Lead/new' });
  const { page } = app;
  const field = (name) => page.getByRole('textbox', { name, exact: true });
  await field('First Name').waitFor();
  await field('First Name').fill('Zoë');
  await field('Email').fill('zoe at example');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Please check', { exact: false }).first().waitFor();
  await until(async () => (await field('Last Name').getAttribute('aria-invalid')) === 'true', 'the required field');
  await until(async () => (await field('Email').getAttribute('aria-invalid')) === 'true', 'the malformed address');
  assert.equal((await query(page, 'SELECT COUNT() FROM Lead')).totalSize, 0);

  await field('Last Name').fill('Müller');
  await field('Company').fill('Müller & Söhne');
  await field('Email').fill('zoe@example.com');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Zoë Müller', level: 1 }).waitFor();
  const lead = await one(page, 'SELECT Id, Email, Company, Status FROM Lead');
  assert.deepEqual([lead.Email, lead.Company, lead.Status], ['zoe@example.com', 'Müller & Söhne', 'Open - Not Contacted']);

  await page.reload();
  await ready(page);
  await page.getByRole('heading', { name: 'Zoë Müller', level: 1 }).waitFor();
  await app.close();
});

test('form: what was typed is back after the browser has thrown the page away, until it is saved', { timeout: 120_000 }, async () => {
  const app = await openApp({ path: '#/o/Lead/new' });
  const { page } = app;
  const field = (name) => page.getByRole('textbox', { name, exact: true });
  page.on('dialog', (dialog) => dialog.accept());   // the browser asks before a reload; a phone doesn't
  await field('Last Name').fill('Okafor');
  await field('Email').fill('ada at');
  await until(() => page.evaluate(() => JSON.stringify(localStorage).includes('ada at')), 'what is typed is kept');
  await page.reload();
  await ready(page);
  await page.getByText('What you had typed here is back', { exact: false }).first().waitFor();
  assert.equal(await field('Last Name').inputValue(), 'Okafor');
  assert.equal(await field('Email').inputValue(), 'ada at');
  await field('Email').fill('ada@example.com');
  await field('Company').fill('Okafor & Co');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Okafor', level: 1 }).waitFor();
  await page.goto(`${app.address}#/o/Lead/new`);
  await field('Last Name').waitFor();
  assert.equal(await field('Last Name').inputValue(), '');
  await app.close();
});

test('form: leaving with unsaved text asks first', { timeout: 120_000 }, async () => {
  const app = await openApp({ path: '#/o/Account/new' });
  const { page } = app;
  const name = page.getByRole('textbox', { name: 'Account Name', exact: true });
  await name.fill('Half an account');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const question = page.getByRole('alertdialog', { name: 'Discard changes?' });
  await question.waitFor();
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'detached' });
  assert.equal(await name.inputValue(), 'Half an account');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('heading', { name: 'Accounts', level: 1 }).waitFor();
  await app.close();
});

test('list: sorts by a column, filters by text and by address', { timeout: 120_000 }, async () => {
  const app = await openApp();
  const { page } = app;
  for (const [Name, Industry] of [['Acme', 'Energy'], ['Zürich Werke', 'Energy'], ['北京科技', 'Technology']]) await create(page, 'Account', { Name, Industry });
  await page.goto(`${app.address}#/o/Account`);
  await until(async () => (await rowNames(page)).filter((name) => name === 'Acme').length === 1, 'the rows');
  await page.getByRole('columnheader', { name: 'Account Name' }).getByRole('button').click();
  await until(async () => (await page.getByRole('columnheader', { name: 'Account Name' }).getAttribute('aria-sort')) === 'descending', 'the sort');
  await until(() => /sort=-Name/.test(page.url()), 'the address of the sort');

  const filter = page.getByRole('searchbox', { name: 'Filter Accounts' });
  await filter.fill('zurich');
  await until(async () => { const names = await rowNames(page); return names.includes('Zürich Werke') && !names.includes('Acme'); }, 'the filter');
  await page.goto(`${app.address}#/o/Account?Industry=Technology`);
  await until(async () => { const names = await rowNames(page); return names.includes('北京科技') && !names.includes('Acme'); }, 'the filter of the address');
  await page.goto(`${app.address}#/o/Account?q=nothing-like-it`);
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await until(async () => (await rowNames(page)).includes('Acme'), 'all rows again');
  await app.close();
});

test('list: a cell is edited in place, many records are changed and deleted at once, undo takes each back', { timeout: 120_000 }, async () => {
  const app = await openApp();
  const { page } = app;
  for (const Name of ['One', 'Two', 'Three']) await create(page, 'Account', { Name, Phone: '1' });
  await page.goto(`${app.address}#/o/Account`);
  const row = page.getByRole('row').filter({ hasText: 'Two' });
  await row.getByRole('link', { name: '1', exact: true }).or(row.getByText('1', { exact: true })).first().waitFor();
  const box = await row.boundingBox();
  const head = await page.getByRole('columnheader', { name: 'Phone' }).boundingBox();
  await page.mouse.dblclick(head.x + head.width - 30, box.y + box.height / 2);
  const editor = page.getByRole('textbox', { name: 'Phone' });
  await editor.fill('+41 44 555');
  await editor.press('Enter');
  await until(async () => (await one(page, "SELECT Phone FROM Account WHERE Name = 'Two'")).Phone === '+41 44 555', 'the edit in place');
  await editor.waitFor({ state: 'detached' });  // while it has the keyboard, undo is the field's own
  await page.keyboard.press('Control+z');
  await until(async () => (await one(page, "SELECT Phone FROM Account WHERE Name = 'Two'")).Phone === '1', 'the undo');

  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await page.getByText('3 selected').waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM Account')).totalSize === 0, 'the deletion');
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM Account')).totalSize === 3, 'the undo of the deletion');
  await app.close();
});

test('list: Tab goes from cell to cell, on from lookups and from lists with a search and without, and changes nothing', { timeout: 120_000 }, async () => {
  const app = await openApp();
  const { page } = app;
  await create(page, 'Account', { Name: 'Acme', Type: 'Prospect' });
  await create(page, 'Contact', { LastName: 'Li', 'Account.Name': 'Acme', Email: 'li@acme.test' });
  const goesOn = async (address, steps) => {
    await page.goto(app.address + address);
    await page.getByRole('grid').getByRole('row').nth(1).waitFor();
    for (const key of ['j', 'ArrowRight', 'e']) await page.keyboard.press(key);
    for (const [at, name] of steps.entries()) {
      await until(() => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).then((words) => words === name), `the cell ${name}`);
      if (at + 1 < steps.length) await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Escape');
  };
  await goesOn('#/o/Contact?columns=Name;AccountId;Email', ['Account', 'Email']);
  await goesOn('#/o/Account?columns=Name;Type;Industry;Phone', ['Prospect', 'Industry', 'Phone']);
  await create(page, 'Task', { Subject: 'Ring', ReminderDateTime: '2026-12-01T09:00:00Z' });
  await goesOn('#/o/Task?columns=Subject;ReminderDateTime;Status', ['Reminder', 'Reminder: time', 'Not Started']);
  assert.equal((await query(page, 'SELECT COUNT() FROM Task WHERE ReminderDateTime = 2026-12-01T09:00:00Z')).totalSize, 1);
  assert.equal((await query(page, "SELECT COUNT() FROM Contact WHERE Account.Name = 'Acme' AND Account.Type = 'Prospect' AND Account.Industry = null")).totalSize, 1);
  await app.close();
});

test('record: fields are edited in place, the path moves the stage, a task is added, deletion can be taken back', { timeout: 120_000 }, async () => {
  const app = await openApp();
  const { page } = app;
  const account = await create(page, 'Account', { Name: 'Acme' });
  const id = await create(page, 'Opportunity', { Name: 'Turbines', AccountId: account, StageName: 'Prospecting', CloseDate: '2027-03-31', Amount: '1200.50' });
  await page.goto(`${app.address}#/r/${id}`);
  await page.getByRole('heading', { name: 'Turbines', level: 1 }).waitFor();
  await page.getByRole('button', { name: /^Edit Next Step/ }).or(page.getByRole('button', { name: /^Next Step/ })).first().click();
  const next = page.getByRole('textbox', { name: 'Next Step' });
  await next.fill('Send the quote');
  await next.press('Enter');
  await until(async () => (await one(page, `SELECT NextStep FROM Opportunity WHERE Id = '${id}'`)).NextStep === 'Send the quote', 'the edit in place');

  await page.getByRole('button', { name: 'Mark as complete' }).click();
  await until(async () => (await one(page, `SELECT StageName FROM Opportunity WHERE Id = '${id}'`)).StageName === 'Qualification', 'the next stage');

  await page.getByRole('textbox', { name: 'Task subject' }).fill('Call the buyer');
  await page.getByRole('button', { name: 'Add task' }).click();
  await until(async () => (await query(page, `SELECT Id FROM Task WHERE WhatId = '${id}'`)).totalSize === 1, 'the task');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM Opportunity')).totalSize === 0, 'the deletion');
  await page.goto(`${app.address}#/r/${id}`);
  await page.getByRole('button', { name: 'Restore' }).click();
  await until(async () => (await query(page, 'SELECT COUNT() FROM Opportunity')).totalSize === 1, 'the record back');
  await app.close();
});

test('record: a lost sale tells to whom, and the activity is kept to one kind', { timeout: 120_000 }, async () => {
  const app = await openApp();
  const { page } = app;
  const id = await create(page, 'Opportunity', { Name: 'Turbines', StageName: 'Prospecting', CloseDate: '2030-12-31' });
  await create(page, 'OpportunityCompetitor', { OpportunityId: id, CompetitorName: 'Rival' });
  await create(page, 'Task', { Subject: 'Rang them', Description: 'Long talk', Status: 'Completed', Type: 'Call', WhatId: id });
  await page.goto(`${app.address}#/r/${id}`);
  await page.getByRole('heading', { name: 'Turbines', level: 1 }).waitFor();
  await page.goto(`${app.address}#/r/${id}?dialog=close:${id}`);
  await page.getByRole('radio', { name: 'Closed Lost' }).click();
  await page.getByRole('combobox', { name: 'Lost to' }).click();
  await page.getByRole('option', { name: 'Rival' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await until(async () => (await query(page, "SELECT Id FROM OpportunityCompetitor WHERE IsWinner = true AND Opportunity.StageName = 'Closed Lost'")).totalSize === 1, 'the winner');
  const activity = page.getByRole('region', { name: 'Activity' });
  const call = activity.getByText('Rang them');
  await until(async () => await call.count() > 0 && await activity.getByText('Moved to', { exact: false }).count() > 0, 'calls and stages');
  await activity.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Calls' }).or(page.getByRole('menuitemcheckbox', { name: 'Calls' })).or(page.getByRole('menuitemradio', { name: 'Calls' })).click();
  await until(async () => await activity.getByText('Moved to', { exact: false }).count() === 0, 'calls alone');
  assert.ok(await call.count() > 0);
  await app.close();
});

test('custom object: lists, forms, related lists and links work at once', { timeout: 120_000 }, async () => {
  const app = await openApp();
  const { page } = app;
  for (const command of [
    { command: 'DefineObject', object: 'Site_Visit__c', label: 'Site Visit', pluralLabel: 'Site Visits', nameField: { type: 'Text', label: 'Visit' } },
    { command: 'DefineField', object: 'Site_Visit__c', field: 'Account__c', label: 'Visited account', type: 'Lookup', referenceTo: 'Account', relationshipName: 'Site_Visits' },
    { command: 'DefineField', object: 'Site_Visit__c', field: 'Outcome__c', label: 'Outcome', type: 'Picklist', values: [{ value: 'Good' }, { value: 'Bad' }] },
  ]) {
    const answer = await execute(page, command);
    assert.equal(answer.ok, true, JSON.stringify(answer));
  }
  const account = await create(page, 'Account', { Name: 'Acme' });
  await page.goto(`${app.address}#/o/Site_Visit__c/new?Account__c=${account}`);
  await page.getByRole('textbox', { name: 'Visit', exact: true }).fill('First visit');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'First visit', level: 1 }).waitFor();
  assert.equal((await one(page, 'SELECT Account__r.Name FROM Site_Visit__c')).Account__r.Name, 'Acme');
  await page.goto(`${app.address}#/r/${account}`);
  await page.getByRole('region', { name: 'Site Visits' }).getByRole('link', { name: /First visit/ }).click();
  await page.getByRole('heading', { name: 'First visit', level: 1 }).waitFor();
  await page.goto(`${app.address}#/o/Site_Visit__c`);
  await until(async () => (await rowNames(page)).includes('First visit'), 'its list');
  await app.close();
});

test('custom object: fields of every type work in navigation, forms, lists, boards, import and queries', { timeout: 180_000 }, async () => {
  const app = await openApp({ viewport: { width: 1440, height: 2000 } });
  const { page } = app;
  const values = (...list) => list.map((value) => ({ value }));
  const fields = [
    ['Code__c', 'Code', { type: 'Text', length: 20 }], ['Notes__c', 'Notes', { type: 'LongTextArea', length: 2000 }], ['Summary__c', 'Summary', { type: 'TextArea' }],
    ['Size__c', 'Size', { type: 'Number', precision: 10, scale: 2 }], ['Budget__c', 'Budget', { type: 'Currency', precision: 14, scale: 2 }],
    ['Share__c', 'Share', { type: 'Percent', precision: 5, scale: 1 }], ['Urgent__c', 'Urgent', { type: 'Checkbox' }], ['Day__c', 'Day', { type: 'Date' }],
    ['Start__c', 'Start', { type: 'DateTime' }], ['Phase__c', 'Phase', { type: 'Picklist', values: values('Plan', 'Build', 'Done') }],
    ['Mood__c', 'Mood', { type: 'Picklist', values: values('Good', 'Bad') }], ['Tags__c', 'Tags', { type: 'MultiselectPicklist', values: values('Red', 'Green', 'Blue') }],
    ['Mail__c', 'Mail', { type: 'Email' }], ['Call__c', 'Call', { type: 'Phone' }], ['Site__c', 'Site', { type: 'Url' }],
    ['Client__c', 'Client', { type: 'Lookup', referenceTo: 'Account', relationshipName: 'Projects' }],
  ];
  const define = async (command) => {
    const answer = await execute(page, command);
    assert.equal(answer.ok, true, JSON.stringify(answer));
  };
  await define({ command: 'DefineObject', object: 'Project__c', label: 'Project', pluralLabel: 'Projects', nameField: { type: 'Text', label: 'Project Name' } });
  for (const [field, label, more] of fields) await define({ command: 'DefineField', object: 'Project__c', field, label, ...more });
  await page.getByRole('navigation').getByRole('link', { name: 'Projects' }).click();
  await page.getByRole('button', { name: 'New project' }).click();
  const box = (name) => page.getByRole('textbox', { name, exact: true });
  await box('Project Name').fill('Bridge');
  for (const [name, value] of [['Code', 'B-1'], ['Notes', 'two\nlines'], ['Summary', 'short'], ['Size', '12.5'], ['Budget', '1,200.50'], ['Share', '40'], ['Day', '2027-03-31'],
    ['Start', '2027-04-01'], ['Mail', 'a@b.test'], ['Call', '+41 44 1'], ['Site', 'https://b.test']]) await box(name).fill(value);
  await page.getByRole('checkbox', { name: 'Urgent' }).click();
  const choose = async (field, ...options) => {
    await page.getByRole('combobox', { name: field, exact: true }).click();
    for (const option of options) await page.getByRole('option', { name: option, exact: true }).click();
    if (options.length > 1) await page.keyboard.press('Escape');
    await page.getByRole('option').first().waitFor({ state: 'detached' });
  };
  await choose('Phase', 'Plan');
  await choose('Tags', 'Red', 'Blue');
  // A lookup makes its record on the way.
  await page.getByRole('combobox', { name: 'Client', exact: true }).click();
  await page.locator('input[role=combobox]').fill('Acme');
  await page.getByRole('option', { name: /New account/ }).click();
  const inner = page.getByRole('dialog', { name: 'New account' });
  await inner.waitFor();
  assert.equal(await inner.getByRole('textbox', { name: 'Account Name' }).inputValue(), 'Acme');
  await inner.getByRole('button', { name: 'Save', exact: true }).click();
  await inner.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'Bridge', level: 1 }).waitFor();
  const names = fields.map(([field]) => field).join(', ');
  const made = await one(page, `SELECT ${names}, Client__r.Name FROM Project__c`);
  assert.deepEqual([made.Code__c, made.Notes__c, made.Summary__c, made.Size__c, made.Budget__c, made.Share__c, made.Urgent__c, made.Day__c, made.Phase__c, made.Tags__c,
    made.Mail__c, made.Call__c, made.Client__r.Name], ['B-1', 'two\nlines', 'short', 12.5, 1200.5, 40, true, '2027-03-31', 'Plan', 'Red;Blue', 'a@b.test', '+41 44 1', 'Acme']);
  assert.match(made.Start__c, /^2027-04-01T/);

  await page.goto(`${app.address}#/o/Project__c/board`);
  await page.getByRole('group', { name: /^Plan, / }).getByRole('link', { name: /^Bridge/ }).focus();
  await page.keyboard.press('Control+ArrowRight');
  await until(async () => (await one(page, 'SELECT Phase__c FROM Project__c')).Phase__c === 'Build', 'the move by stage');
  await page.getByRole('button', { name: 'Lanes: Phase' }).click();
  await page.getByRole('menuitem', { name: 'Mood' }).click();
  await until(() => /by=Mood__c/.test(page.url()), 'lanes by another picklist');
  await page.getByRole('group', { name: /^None, / }).getByRole('link', { name: /^Bridge/ }).focus();
  await page.keyboard.press('Control+ArrowRight');
  await until(async () => (await one(page, 'SELECT Mood__c FROM Project__c')).Mood__c === 'Good', 'the move by mood');

  const csv = 'Project Name,Code,Budget,Phase,Tags,Day\nTunnel,T-1,99.95,Done,Red;Green,2027-05-01\n';
  const imported = await page.evaluate((text) => window.outpost.importFile({ name: 'projects.csv', bytes: new TextEncoder().encode(text), object: 'Project__c', options: {} }), csv);
  assert.equal(imported.created, 1, JSON.stringify(imported));
  assert.equal((await one(page, "SELECT Tags__c FROM Project__c WHERE Budget__c = 99.95 AND Tags__c INCLUDES ('Green')")).Tags__c, 'Red;Green');
  await page.goto(`${app.address}#/o/Project__c?q=tunnel`);
  await until(async () => (await rowNames(page)).includes('Tunnel'), 'the imported record in the list');
  await app.close();
});
