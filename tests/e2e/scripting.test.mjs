// The scripting door's answers in the page: by columns they are the same as by JSON, for every kind of field.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { execute, openApp, query, ready } from './support.mjs';

// A query within SELECT is answered as JSON: the same records then come by both ways.
async function bothWays(page, fields, object, children, rest = '') {
  const columns = await query(page, `SELECT ${fields} FROM ${object} ${rest}`);
  const json = await query(page, `SELECT ${fields}, (SELECT Id FROM ${children}) FROM ${object} ${rest}`);
  assert.ok(columns.records?.length > 0, JSON.stringify(columns));
  for (const record of json.records) delete record[children];
  return { columns, json };
}

test('answers by columns equal answers by JSON', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  const { page } = app;
  assert.equal((await page.evaluate(() => window.outpost.call('generate', { opportunities: 120, seed: 5 }))).ok, true);
  const made = [
    { command: 'DefineField', object: 'Account', field: 'Opened__c', label: 'Opened', type: 'DateTime' },
    { command: 'DefineField', object: 'Account', field: 'Tags__c', label: 'Tags', type: 'MultiselectPicklist', values: [{ value: 'A' }, { value: '友' }] },
    { command: 'DefineField', object: 'Account', field: 'Key__c', label: 'Key', type: 'Checkbox' },
    { command: 'CreateRecord', object: 'Account', fields: { Name: '张伟 & Söhne 🙂', Opened__c: '2026-02-03T04:05:06.789Z', Tags__c: 'A;友', Key__c: true,
      AnnualRevenue: '1234567890123.45', BillingCity: 'Zürich', BillingCountry: 'Schweiz' } },
    { command: 'CreateRecord', object: 'Opportunity', fields: { Name: 'Alone "quoted" \\ back', StageName: 'Prospecting', CloseDate: '2024-02-29' } },
  ];
  for (const command of made) assert.equal((await execute(page, command)).ok, true, JSON.stringify(command));

  const accounts = await bothWays(page, 'Id, Name, Opened__c, Tags__c, Key__c, AnnualRevenue, Industry, BillingAddress, Owner.Name, Parent.Parent.Name, Parent.Id, CreatedDate',
    'Account', 'Contacts', 'ORDER BY CreatedDate DESC, Id');
  assert.deepEqual(accounts.columns, accounts.json);
  assert.equal(accounts.columns.records.find((one) => one.Key__c).Opened__c, '2026-02-03T04:05:06.789Z');
  const opportunities = await bothWays(page, 'Name, StageName, Amount, CloseDate, IsClosed, Account.Name, Account.Owner.Name, AccountId', 'Opportunity',
    'OpportunityContactRoles', 'ORDER BY Name LIMIT 60');
  assert.deepEqual(opportunities.columns, opportunities.json);
  const forms = await bothWays(page, 'Amount, FORMAT(Amount) a, toLabel(StageName) s, StageName, SystemModstamp, Owner.Type, Owner.Username, Account.Name, FORMAT(Account.Name) n', 'Opportunity',
    'OpportunityContactRoles', 'ORDER BY Name, Id LIMIT 20');
  assert.deepEqual(forms.columns, forms.json);
  assert.deepEqual(Object.keys(forms.json.records[0]), ['attributes', 'Amount', 'a', 's', 'StageName', 'SystemModstamp', 'Owner', 'Account']);
  const alone = (await query(page, "SELECT Account.Name FROM Opportunity WHERE Name LIKE 'Alone%'")).records;
  assert.deepEqual(alone, [{ attributes: { type: 'Opportunity' }, Account: null }]);

  const groups = await query(page, 'SELECT StageName, CALENDAR_YEAR(CloseDate) y, COUNT(Id), SUM(Amount) FROM Opportunity GROUP BY StageName, CALENDAR_YEAR(CloseDate)');
  assert.deepEqual(Object.keys(groups.records[0]).sort(), ['StageName', 'attributes', 'expr0', 'expr1', 'y']);
  assert.deepEqual(groups.records[0].attributes, { type: 'AggregateResult' });
  assert.equal(groups.records.reduce((sum, one) => sum + one.expr0, 0), 121);
  // Few texts and many, null among them.
  for (const path of ['Account.Name', 'Name', 'StageName']) {
    const counted = new Map();
    for (const { Account, ...own } of (await query(page, `SELECT Name, StageName, Account.Name FROM Opportunity`)).records) {
      const key = path === 'Account.Name' ? Account?.Name ?? null : own[path];
      counted.set(key, (counted.get(key) ?? 0) + 1);
    }
    const { records } = await query(page, `SELECT ${path} key, COUNT(Id) many FROM Opportunity GROUP BY ${path}`);
    assert.equal(records.length, counted.size);
    for (const { key, many } of records) assert.equal(many, counted.get(key), `${path} ${key}`);
  }
  assert.deepEqual(await query(page, 'SELECT COUNT() FROM Opportunity LIMIT 7'), { totalSize: 7, done: true, totalMatched: 121, records: [] });
  assert.equal((await query(page, 'SELECT Nope FROM Opportunity')).ok, false);
});

test('queries go by the time zone of the device, summer time included', { timeout: 60_000 }, async (t) => {
  const app = await openApp({ open: false, timezoneId: 'Europe/Berlin' });
  t.after(() => app.close());
  const { page } = app;
  await page.clock.setFixedTime(new Date('2026-11-27T10:00:00Z'));
  await page.goto(app.address);
  await ready(page);
  for (const [Subject, start, end] of [['September', '2026-08-31T22:30:00Z', '2026-08-31T23:30:00Z'], ['August', '2026-08-31T20:30:00Z', '2026-08-31T21:30:00Z']])
    assert.equal((await execute(page, { command: 'CreateRecord', object: 'Event', fields: { Subject, StartDateTime: start, EndDateTime: end } })).ok, true);
  const found = async (where) => (await query(page, `SELECT Subject FROM Event WHERE ${where}`)).records.map((one) => one.Subject);
  assert.deepEqual(await found('StartDateTime = N_MONTHS_AGO:2'), ['September']);
  assert.deepEqual(await found('StartDateTime = N_MONTHS_AGO:3'), ['August']);
  assert.deepEqual(await found('DAY_ONLY(convertTimezone(StartDateTime)) = 2026-09-01'), ['September']);
});

test('a script gives and gets every text and number as it is, or is told', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close());
  const { page } = app;
  // A text that begins with U+FEFF must not shift those behind it.
  for (const Name of ['\ufeffAcme', 'Beta', 'Gamma']) await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name, AnnualRevenue: 1000 } });
  const names = (await query(page, 'SELECT Name FROM Account ORDER BY CreatedDate, Id')).records.map((one) => one.Name);
  assert.deepEqual(names, ['\ufeffAcme', 'Beta', 'Gamma']);
  // Letters and accents are one character, by whichever door they come.
  await execute(page, { command: 'CreateRecord', object: 'Account', fields: { Name: 'Cafe\u0301' } });
  await page.evaluate(() => window.outpost.importFile({ name: 'a.csv', bytes: 'Name\nMu\u0308ller\n', object: 'Account' }));
  assert.equal((await query(page, "SELECT COUNT() FROM Account WHERE Name IN ('Café', 'Müller')")).totalSize, 2);
  assert.equal((await query(page, "SELECT COUNT() FROM Account WHERE Name = 'Mu\u0308ller'")).totalSize, 1);
  // What JSON has no number for is no empty value.
  const answers = await page.evaluate(async () => {
    const [{ Id: id }] = (await window.outpost.query("SELECT Id FROM Account WHERE Name = 'Beta'")).records;
    const wanted = [NaN, 1 / 0, -1 / 0].map((AnnualRevenue) => ({ command: 'UpdateRecord', object: 'Account', id, fields: { AnnualRevenue } }));
    return Promise.all([...wanted.map((command) => window.outpost.execute(command)), window.outpost.query("SELECT Name FROM Account\0 garbage"),
      window.outpost.importFile({ name: 'a.csv', bytes: null, object: 'Account' }), window.outpost.call('generate', { opportunities: -5 })]);
  });
  assert.deepEqual(answers.map((answer) => answer.ok), answers.map(() => false), JSON.stringify(answers));
  assert.equal((await query(page, "SELECT AnnualRevenue FROM Account WHERE Name = 'Beta'")).records[0].AnnualRevenue, 1000);
  assert.equal((await query(page, 'SELECT COUNT() FROM Account')).totalSize, 5);
});
