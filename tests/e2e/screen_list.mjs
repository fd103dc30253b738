// What tests/e2e/screens.mjs photographs: each screen with its address and what is done there, by role and name in the
// language that `say` speaks.
import { execute, query } from './support.mjs';

const csv = `Company;First;Last;E-Mail;Status;Number of staff;Created
Müller & Söhne;Zoë;Müller;zoe@example.com;open;120;31.12.2025
北京科技;伟;王;wang@example.cn;Working - Contacted;48;02.03.2026
Acme;Ann;Meyer;ann at acme;contacted;many;14.04.2026
Globex;Hank;Scorpio;hank@globex.example;open;5;15.04.2026
`;

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
// The focus brings into view what lies further down.
export async function press(page, name) {
  await button(page, name).focus({ timeout: 5000 });
  await pause(400);
  await button(page, name).click({ timeout: 5000 });
}

async function chooseFile({ page, say }) {
  const chooser = page.waitForEvent('filechooser');
  await press(page, say('ui.import.choose'));
  await (await chooser).setFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await button(page, say('ui.import.next')).waitFor({ timeout: 10_000 });
}

async function showPreview(at) {
  await chooseFile(at);
  await press(at.page, at.say('ui.import.next'));
  await press(at.page, at.say('ui.import.to_preview'));
  const run = at.page.getByRole('button', { name: new RegExp(`^${at.say('ui.import.run', '').split(' ')[0]} \\d`) });
  await run.waitFor({ timeout: 10_000 });
  return run;
}

const item = (page, name) => page.getByRole('menuitem', { name, exact: typeof name === 'string' }).or(page.getByRole('menuitemcheckbox', { name, exact: typeof name === 'string' })).first();
async function choose(page, menu, name) {
  await press(page, menu);
  await item(page, name).click({ timeout: 5000 });
}
const create = async (page, object, fields) => (await execute(page, { command: 'CreateRecord', object, fields })).id;
const first = async (page, object, field = 'Id') => (await query(page, `SELECT ${field} FROM ${object} LIMIT 1`)).records[0][field];
const here = (page) => page.evaluate(() => location.hash.slice(4).split('?')[0]);
const go = (page, hash) => page.evaluate((to) => { location.hash = to; }, hash);
const compose = async (page, what) => go(page, `#/r/${await here(page)}?compose=${what}`);
// The focus brings a box into view that lies further down.
async function openBox(page, name) {
  const box = page.getByRole('combobox', { name });
  await box.focus({ timeout: 5000 });
  await pause(400);
  await box.click({ timeout: 5000 });
}
// Where the choices are many, `typed` finds it.
const pick = async (page, box, option, typed) => {
  await page.getByRole('combobox', { name: box, exact: true }).click({ timeout: 5000 });
  if (typed) await page.keyboard.type(typed, { delay: 30 });
  await page.getByRole('option', { name: option, exact: typeof option === 'string' }).first().click({ timeout: 5000 });
};
const inSomeDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

// Ticks some rows of a list.
async function tick({ page, say, size }, count = 3, menu = say('ui.list.menu')) {
  if (size === 'phone') await choose(page, menu, say('ui.list.select'));
  const boxes = page.getByRole('checkbox', { name: new RegExp(`^${say('kit.select_named', '.+')}`) });
  await boxes.first().waitFor({ timeout: 5000 });
  const names = await boxes.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? each.textContent));
  for (const name of names.filter((each) => each !== say('kit.select_all')).slice(0, count)) await page.getByRole('checkbox', { name, exact: true }).first().click({ timeout: 5000 });
}
async function tickAndPress(at, name) {
  await tick(at);
  await press(at.page, at.say(name));
}
const rowMenu = async ({ page, say }) => {
  await page.getByRole('row').nth(2).hover({ timeout: 5000 });
  await page.getByRole('button', { name: new RegExp(say('kit.more_for', '.+')) }).first().click({ timeout: 5000 });
};

async function segment(page) {
  const name = 'Guests of the fair';
  const found = (await query(page, `SELECT Id FROM Segment WHERE Name = '${name}'`)).records[0];
  if (found) return found.Id;
  await execute(page, { command: 'AddToSegment', object: 'Lead', where: "Status = 'Working - Contacted'", name: 'Call list of March' });
  await execute(page, { command: 'AddToSegment', object: 'Lead', where: 'IsConverted = false', name });
  const { Id } = (await query(page, `SELECT Id FROM Segment WHERE Name = '${name}'`)).records[0];
  for (const object of ['Account', 'Contact']) await execute(page, { command: 'AddToSegment', object, where: "Name LIKE 'A%'", segment: Id });
  return Id;
}

async function makeRules(page) {
  if ((await query(page, 'SELECT Id FROM DuplicateRule WHERE Comparisons != null')).totalSize > 1) return;
  await create(page, 'DuplicateRule', { Name: 'Same post', AppliesTo: 'People', Comparisons: 'Similar Last Name;Title;City' });
  await create(page, 'DuplicateRule', { Name: 'One site', AppliesTo: 'Accounts', Comparisons: 'Website' });
}
// None that another screen shows: closed opportunities, the last contact.
async function fillBin(page) {
  for (const [object, which, count] of [['Opportunity', 'WHERE IsClosed = true', 3], ['Contact', 'ORDER BY Id DESC', 1]]) {
    const { records } = await query(page, `SELECT Id FROM ${object} ${which} LIMIT ${count}`);
    await execute(page, { command: 'DeleteRecords', object, ids: records.map(({ Id }) => Id) });
  }
  await pause(300);
}

async function weekly(page) {
  if ((await query(page, "SELECT Id FROM Event WHERE Subject = 'Pipeline review'")).totalSize > 0) return;
  const day = inSomeDays(0).slice(0, 10);
  await create(page, 'Event', { Subject: 'Pipeline review', StartDateTime: `${day}T09:00:00Z`, EndDateTime: `${day}T10:00:00Z`, Location: 'Room 4, second floor',
    Recurrence2PatternText: 'FREQ=WEEKLY', WhatId: await first(page, 'Opportunity') });
  await page.reload();
}
async function openWeekly({ page }) {
  await weekly(page);
  await page.getByRole('button', { name: /^Pipeline review/ }).first().click({ timeout: 8000 });
}

async function openSnooze({ page, say, size }) {
  if (size !== 'desktop') return page.getByRole('button', { name: new RegExp(`^${say('ui.feed.snooze_named', '')}`) }).first().click({ timeout: 5000 });
  await page.keyboard.press('j');
  await pause(200);
  await page.keyboard.press('s');
}

async function remind(page, count) {
  await execute(page, { command: 'DeleteRecords', object: 'Task', where: "Subject LIKE 'Ring %'" });
  const people = (await query(page, 'SELECT Id, Name FROM Contact LIMIT 5')).records;
  for (const { Id, Name } of people.slice(0, count)) await create(page, 'Task', { Subject: `Ring ${Name} about the offer`, WhoId: Id, ActivityDate: inSomeDays(0).slice(0, 10), ReminderDateTime: inSomeDays(-0.02) });
  await page.getByRole('alertdialog').waitFor({ timeout: 5000 });
}

// [name, address, what is done there]. An address may ask for ids of sample records by their
// objects; sizes, where not all have it.
export const screens = [
  ['home', '#/'],
  ['leads', '#/o/Lead'],
  ['accounts', '#/o/Account'],
  ['contacts', '#/o/Contact'],
  ['opportunities', '#/o/Opportunity'],
  ['tasks', '#/o/Task'],
  ['events', '#/o/Event'],
  ['products', '#/o/Product2'],
  ['users', '#/o/User'],
  ['list_filtered', '#/o/Lead?q=an'],
  ['list_no_match', '#/o/Lead?q=nothing-like-it'],
  ['list_filters', '#/o/Lead', ({ page, say }) => press(page, say('ui.list.filters'))],
  ['list_columns', '#/o/Lead', ({ page, say }) => press(page, say('ui.list.columns')), ['desktop', 'tablet']],
  ['list_selected', '#/o/Lead', async ({ page, say, size }) => {
    if (size === 'phone') await choose(page, say('ui.list.menu'), say('ui.list.select'));
    await page.getByRole('checkbox', { name: say('kit.select_all') }).or(page.getByRole('button', { name: say('kit.select_all') })).first().click({ timeout: 5000 });
  }],
  ['board', '#/o/Opportunity/board'],
  ['forecast', '#/forecast'],
  ['tasks_feed', '#/o/Task/feed?of=all'],
  ['tasks_next', '#/o/Task/feed?of=all&dialog=next'],
  ...['day', 'week', 'month', 'agenda'].map((view) => [`calendar_${view}`, `#/calendar?view=${view}`]),
  ['lead', '#/r/:Lead'],
  ['account', '#/r/:Account'],
  ['contact', '#/r/:Contact'],
  ['opportunity', '#/r/:Opportunity'],
  ['task', '#/r/:Task'],
  ['event', '#/r/:Event'],
  ['products_add', '#/r/:Opportunity', ({ page, say }) => press(page, say('ui.products.add'))],
  ['record_menu', '#/r/:Opportunity', ({ page, say }) => press(page, say('ui.record.more'))],
  ['duplicates', '#/r/:Contact', async ({ page, say }) => {
    await press(page, say('ui.record.more'));
    await page.getByRole('menuitem', { name: say('ui.merge.find') }).click({ timeout: 5000 });
  }],
  ['conversion', '#/r/:Lead', ({ page, say }) => press(page, say('ui.record.convert'))],
  ['new_lead', '#/o/Lead/new'],
  ['new_opportunity', '#/o/Opportunity/new'],
  ['new_event', '#/o/Event/new'],
  ['form_errors', '#/o/Lead/new', ({ page, say }) => press(page, say('ui.form.save'))],
  ['form_picklist', '#/o/Lead/new', ({ page, say }) => page.getByRole('combobox', { name: say('label.field.Salutation') }).click({ timeout: 5000 })],
  ['form_date', '#/o/Opportunity/new', ({ page, say }) => press(page, say('kit.choose_date', say('label.field.CloseDate')))],
  ['form_lookup', '#/o/Opportunity/new', ({ page, say }) => openBox(page, say('label.Opportunity.AccountId'))],
  ['form_discard', '#/o/Account/new', async ({ page, say }) => {
    await page.getByRole('textbox', { name: say('label.Account.Name'), exact: true }).fill('Half an account');
    await press(page, say('ui.form.cancel'));
  }],
  ['import_file', '#/import'],
  ['import_columns', '#/import', chooseFile],
  ['import_values', '#/import', async (at) => { await chooseFile(at); await press(at.page, at.say('ui.import.next')); }],
  ['import_preview', '#/import', showPreview],
  ['import_done', '#/import', async (at) => {
    const run = await showPreview(at);
    await run.focus({ timeout: 5000 });
    await run.click({ timeout: 5000 });
    await button(at.page, at.say('ui.import.open_list')).waitFor({ timeout: 10_000 });
  }],
  ['settings', '#/settings'],
  ['settings_end', '#/settings', ({ page, say }) => button(page, say('ui.settings.erase')).focus({ timeout: 5000 })],
  ['stages', '#/settings/stages'],
  ['stages_edit', '#/settings/stages', ({ page, say }) => press(page, say('ui.stages.edit', say('label.value.Qualification')))],
  ['pipeline_new', '#/settings/stages', ({ page, say }) => press(page, say('ui.stages.new_pipeline'))],
  ['lead_statuses', '#/settings/stages?object=Lead'],
  ['opportunity_stage', '#/r/:Opportunity', async ({ page }) => {
    await page.evaluate(async () => {
      const { fields } = await window.outpost.describe('Opportunity');
      const values = fields.find((field) => field.name === 'StageName').picklistValues.map(({ value, defaultValue }) => ({
        value, default: defaultValue, guidance: 'Find out who decides, by when, and what happens if nothing is bought. Agree on a next step before you hang up.',
        keyFields: ['NextStep', 'CloseDate', 'LeadSource'], requiredFields: ['NextStep', 'LostReason'] }));
      return window.outpost.execute({ command: 'UpdateField', object: 'Opportunity', field: 'StageName', values });
    });
  }],
  ['stage_asks', '#/r/:Opportunity', ({ page, say }) => press(page, say('ui.path.complete'))],
  ['routing', '#/routing', async ({ page, say }) => {
    await page.evaluate(async () => {
      const { records } = await window.outpost.query('SELECT Id FROM User LIMIT 1');
      const make = (object, fields) => window.outpost.execute({ command: 'CreateRecord', object, fields });
      const { id } = await make('Group', { Name: 'Nordic', Type: 'Queue' });
      await make('AssignmentRuleEntry', { Name: 'North', SortOrder: 1, Criteria: "Country = 'Sweden' OR Country = 'Norway'", AssignedToId: id });
      return make('AssignmentRuleEntry', { Name: 'All others', SortOrder: 2, AssignedToId: records[0].Id });
    });
    await press(page, say('ui.routing.try'));
  }],
  ['routing_entry', '#/routing', ({ page, say }) => press(page, say('ui.routing.new_entry'))],
  ['lead_queue', '#/r/:Lead', async ({ page }) => {
    await page.evaluate(async () => {
      const make = async (object, fields) => (await window.outpost.execute({ command: 'CreateRecord', object, fields })).id;
      const queue = await make('Group', { Name: 'Nordic', Type: 'Queue' }), user = await make('User', { FirstName: 'Ann', LastName: 'Lee' });
      await make('GroupMember', { GroupId: queue, UserOrGroupId: user });
      const id = location.hash.slice(4).split('?')[0];
      return window.outpost.execute({ command: 'UpdateRecord', object: 'Lead', id, fields: { OwnerId: queue } });
    });
  }],
  ['queue_members', '#/routing', async ({ page, say }) => {
    const id = await page.evaluate(async () => (await window.outpost.execute({ command: 'CreateRecord', object: 'Group', fields: { Name: 'Nordic', Type: 'Queue' } })).id);
    await page.evaluate((group) => { location.hash = `#/routing?dialog=group:${group}`; }, id);
    await page.getByRole('combobox', { name: say('ui.routing.add_member') }).waitFor({ timeout: 5000 });
  }],
  ['web_to_lead', '#/web-to-lead'],
  ['duplicate_rules', '#/settings/duplicates', ({ page }) => makeRules(page)],
  ['duplicate_rule', '#/settings/duplicates', ({ page, say }) => press(page, say('ui.duplicate_rules.new'))],
  ['conversion_fields', '#/settings/conversion'],
  ['conversion_field', '#/settings/conversion', ({ page, say }) => page.getByRole('button', { name: new RegExp(`^${say('label.field.Salutation')}`) }).click({ timeout: 5000 })],
  ['quick_lead', '#/o/Lead', ({ page }) => page.keyboard.press('q')],
  ['capture_begin', '#/o/Lead', ({ page }) => page.keyboard.press('l')],
  ['capture', '#/o/Lead', async ({ page, say }) => {
    const { records: [contact] } = await page.evaluate(() => globalThis.outpost.query('SELECT Name, Account.Name FROM Contact WHERE AccountId != null LIMIT 1'));
    await page.keyboard.press('l');
    await page.getByRole('textbox', { name: say('ui.capture.line') }).fill(`Call with ${contact.Name} at ${contact.Account.Name}, quote 12k by 30 Sep, follow up Tue 10:00, ask Bob`);
  }],
  ['board_cards', '#/o/Opportunity/board', async ({ page, say }) => {
    await press(page, say('ui.list.menu'));
    await page.getByRole('menuitem', { name: say('ui.card.title') }).click({ timeout: 5000 });
  }],
  ['list_grouped', '#/o/Opportunity?state=all&group=StageName'],
  ['list_view', '#/o/Opportunity?state=all', async ({ page, say }) => {
    const made = await page.evaluate(() => window.outpost.execute({ command: 'CreateRecord', object: 'ListView', fields: {
      Name: 'Large and open', SobjectType: 'Opportunity', Filter: 'state=open', Criteria: 'Amount > 20000', SortBy: '-Amount', IsShared: true } }));
    await page.evaluate((id) => { location.hash = `#/o/Opportunity?view=${id}&changed=1&state=open&where=Amount%20%3E%2050000&sort=-Amount`; }, made.id);
    await press(page, 'Large and open').catch(() => page.getByRole('button', { name: say('ui.view.picker', 'Large and open') }).click({ timeout: 5000 }));
  }],
  ['list_conditions', '#/o/Opportunity?state=all&where=Amount%20%3E%2050000%20AND%20(CloseDate%20%3D%20THIS_QUARTER%20OR%20IsWon%20%3D%20true)&dialog=conditions'],
  ['recycle_bin', '#/recycle-bin', ({ page }) => fillBin(page)],
  ['field_history', '#/r/:Opportunity', async ({ page, say }) => {
    await page.evaluate(async () => {
      const id = location.hash.slice(4).split('?')[0];
      await window.outpost.execute({ command: 'UpdateRecord', object: 'Opportunity', id, fields: { NextStep: 'Send the offer', LeadSource: 'Web' } })
        .then(({ ok }) => ok && window.outpost.execute({ command: 'Undo' }));
      return window.outpost.execute({ command: 'UpdateRecord', object: 'Opportunity', id, fields: { NextStep: 'Call on Monday' } });
    });
    await press(page, say('ui.record.more'));
    await page.getByRole('menuitem', { name: say('ui.history.title') }).click({ timeout: 5000 });
  }],
  ['board_owner', '#/o/Opportunity/board?by=OwnerId'],
  ['board_month', '#/o/Opportunity/board?by=CloseDate'],
  ['palette', '#/', ({ page, say }) => press(page, say('app.search'))],
  ['palette_search', '#/', async ({ page, say }) => {
    await press(page, say('app.search'));
    await page.getByPlaceholder(say('ui.palette.placeholder')).fill('an');
  }],
  ['create_menu', '#/', ({ page, say }) => press(page, say('app.create'))],
  ['hierarchy', '#/r/:Account', async ({ page, say }) => {
    await press(page, say('ui.record.more'));
    await page.getByRole('menuitem', { name: say('ui.record.hierarchy') }).click({ timeout: 5000 });
  }],
  ['shortcuts', '#/', ({ page }) => page.keyboard.press('?')],
  ['toast', '#/r/:Opportunity', async ({ page, say }) => { await press(page, say('ui.record.more')); await page.getByRole('menuitem', { name: say('ui.record.copy_link') }).click({ timeout: 5000 }); }],
  ['confirm', '#/settings', ({ page, say }) => press(page, say('ui.settings.erase'))],
  ['not_found', '#/r/00Q000000000000AAA'],
  ['no_page', '#/nowhere'],
  ['navigation', '#/', ({ page, say, size }) => size === 'desktop' ? press(page, say('app.narrow_sidebar')) : press(page, say(size === 'phone' ? 'app.more' : 'app.navigation'))],
  // What is done with ticked rows.
  ['list_bulk', '#/o/Lead', (at) => tick(at)],
  ['segment_add', '#/o/Lead', (at) => tickAndPress(at, 'ui.segment.add')],
  ['segment_add_existing', '#/o/Lead', async (at) => {
    await segment(at.page);
    await tickAndPress(at, 'ui.segment.add');
    await pick(at.page, at.say('label.Segment'), 'Guests of the fair');
  }],
  ['segments', '#/o/Segment', ({ page }) => segment(page)],
  ['segment', '#/', async ({ page }) => go(page, `#/r/${await segment(page)}`)],
  ['segment_list', '#/', async (at) => {
    await go(at.page, `#/o/Lead?segment=${await segment(at.page)}&state=all`);
    await pause(600);
    await tick(at, 2);
  }],
  ['bulk_owner', '#/o/Lead', (at) => tickAndPress(at, 'ui.list.change_owner')],
  ['bulk_owner_preview', '#/o/Lead', async (at) => {
    await create(at.page, 'User', { FirstName: 'Bob', LastName: 'Ray' });
    await tickAndPress(at, 'ui.list.change_owner');
    await pick(at.page, at.say('label.Lead.OwnerId'), /Bob Ray/, 'Bob');
  }],
  ['bulk_field', '#/o/Lead', async (at) => {
    await tickAndPress(at, 'ui.list.change_field');
    await pick(at.page, at.say('ui.list.field'), at.say('label.field.LeadSource'), at.say('label.field.LeadSource'));
    await pick(at.page, at.say('label.field.LeadSource'), at.say('label.value.Web'));
  }],
  ['bulk_field_refused', '#/o/Lead?state=all&where=IsConverted%20%3D%20true', async (at) => {
    await execute(at.page, { command: 'ConvertLead', lead: (await query(at.page, 'SELECT Id FROM Lead WHERE IsConverted = false LIMIT 20')).records.at(-1).Id, opportunity: null });
    await tickAndPress(at, 'ui.list.change_field');
    await pick(at.page, at.say('ui.list.field'), at.say('label.field.LeadSource'), at.say('label.field.LeadSource'));
    await pick(at.page, at.say('label.field.LeadSource'), at.say('label.value.Web'));
  }],
  ['bulk_field_empties', '#/o/Lead', async (at) => {
    await tickAndPress(at, 'ui.list.change_field');
    await pick(at.page, at.say('ui.list.field'), at.say('label.field.LeadSource'), at.say('label.field.LeadSource'));
    await press(at.page, at.say('ui.list.apply'));
  }],
  ['bulk_delete', '#/o/Account', (at) => tickAndPress(at, 'ui.list.delete')],
  ['merge_compare', '#/o/Account', async (at) => {
    await tick(at, 2);
    await press(at.page, at.say('ui.merge.merge'));
  }],
  // Menus and popups of lists.
  ['list_menu', '#/o/Lead', ({ page, say }) => press(page, say('ui.list.menu'))],
  ['row_menu', '#/o/Lead', rowMenu, ['desktop', 'tablet']],
  ['row_hover', '#/o/Lead', ({ page }) => page.getByRole('row').nth(3).hover({ timeout: 5000 }), ['desktop']],
  ['cell_edit', '#/o/Opportunity?sort=Name', async ({ page }) => {
    await page.keyboard.press('j');
    await page.keyboard.press('e');
  }, ['desktop']],
  ['cell_fault', '#/o/Opportunity?sort=Name', async ({ page }) => {
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Enter');
  }, ['desktop']],
  ['value_menu', '#/r/:Account', ({ page, say }) => page.getByText(say('ui.record.facts')).or(page.getByRole('heading').first()).first().click({ button: 'right', timeout: 5000 }), ['desktop']],
  ['view_menu', '#/o/Opportunity?state=all', ({ page, say }) => page.getByRole('button', { name: new RegExp(`^(${say('ui.view.picker', '')})?${say('ui.view.all', say('label.Opportunity.plural'))}$`) }).first().click({ timeout: 5000 })],
  ['view_save', '#/o/Opportunity?state=all&dialog=view'],
  ['group_menu', '#/o/Opportunity', ({ page, say }) => press(page, say('ui.list.group')), ['desktop', 'tablet']],
  ['queues_menu', '#/o/Lead', async ({ page, say }) => {
    await create(page, 'Group', { Name: 'Southern', Type: 'Queue' });
    await press(page, say('ui.lead.queues'));
  }],
  ['split', '#/o/Opportunity', async ({ page, say }) => {
    await choose(page, say('ui.list.menu'), say('ui.list.split'));
    await pause(600);
  }, ['desktop']],
  ['split_off', '#/o/Opportunity', ({ page, say }) => choose(page, say('ui.list.menu'), say('ui.list.split')), ['desktop']],
  ['board_menu', '#/o/Opportunity/board', ({ page, say }) => press(page, say('ui.list.menu'))],
  ['board_lanes', '#/o/Opportunity/board', ({ page, say, size }) => press(page, size === 'phone' ? say('label.field.StageName') : say('ui.board.by', say('label.field.StageName')))],
  ['board_stalled', '#/o/Opportunity/board', ({ page, say, size }) => size === 'phone' ? choose(page, say('ui.list.menu'), say('ui.board.only_stalled')) : press(page, say('ui.board.only_stalled'))],
  // A record: its composer, menus and dialogs.
  ['log_call', '#/r/:Opportunity', async ({ page, say }) => {
    await compose(page, 'call');
    await page.getByRole('textbox', { name: say('ui.timeline.call_text') }).fill('They like the offer, but want to see it with two more seats.');
  }],
  ['log_meeting', '#/r/:Opportunity', async ({ page, say }) => {
    await compose(page, 'meeting');
    await page.getByRole('textbox', { name: say('ui.timeline.meeting_text') }).waitFor();
    await press(page, say('kit.choose_time', say('ui.timeline.meeting_time')));
  }],
  ['add_task', '#/r/:Contact', async ({ page, say }) => {
    await compose(page, 'task');
    await press(page, say('ui.timeline.add_task'));
  }],
  ['timeline_show', '#/r/:Opportunity', async ({ page, say }) => {
    await compose(page, 'call');
    await press(page, say('ui.timeline.show'));
  }],
  ['record_related', '#/r/:Account', ({ page, say }) => page.getByRole('tab', { name: say('ui.record.related') }).click({ timeout: 5000 }), ['phone']],
  ['record_activity', '#/r/:Opportunity', ({ page, say }) => page.getByRole('tab', { name: say('ui.record.activity') }).click({ timeout: 5000 }), ['phone']],
  ['path_menu', '#/r/:Opportunity', ({ page, say }) => page.getByRole('button', { name: new RegExp(`^${say('label.field.StageName')}`) }).click({ timeout: 5000 }), ['phone']],
  ['path_close', '#/r/:Opportunity?dialog=close::Opportunity'],
  ['line_menu', '#/r/:Opportunity', async (at) => {
    const { page } = at, id = await here(page), product = await first(page, 'Product2');
    if ((await query(page, `SELECT Id FROM OpportunityLineItem WHERE OpportunityId = '${id}'`)).totalSize === 0) await create(page, 'OpportunityLineItem', { OpportunityId: id, Product2Id: product, Quantity: 3, UnitPrice: 1200 });
    await pause(500);
    if (at.size === 'phone') return page.getByRole('tab', { name: at.say('ui.record.details') }).click({ timeout: 5000 });
    const line = page.getByRole('row').nth(1);
    await line.scrollIntoViewIfNeeded({ timeout: 5000 });
    await line.hover({ timeout: 5000 });
    await page.getByRole('button', { name: new RegExp(at.say('kit.more_for', '.+')) }).first().click({ timeout: 5000 });
  }],
  ['lookup_duplicate', '#/o/Opportunity/new', async ({ page, say }) => {
    const name = (await first(page, 'Account', 'Name')).split(' ').slice(0, 2).join(' ');
    await openBox(page, say('label.Opportunity.AccountId'));
    await page.keyboard.type(name, { delay: 30 });
    await page.getByRole('option', { name: new RegExp(say('ui.list.new_named', say('label.Account')), 'i') }).click({ timeout: 5000 });
    await page.getByRole('button', { name: new RegExp(`^${say('ui.duplicates.take', '.+')}`) }).first().waitFor({ timeout: 5000 });
  }],
  ['form_duplicates', '#/o/Contact/new', async ({ page, say }) => {
    const { FirstName, LastName, Email } = (await query(page, 'SELECT FirstName, LastName, Email FROM Contact WHERE Email != null LIMIT 1')).records[0];
    await page.getByRole('textbox', { name: say('label.field.FirstName') }).fill(FirstName);
    await page.getByRole('textbox', { name: say('label.field.LastName') }).fill(LastName);
    await page.getByRole('textbox', { name: say('label.field.Email') }).fill(Email);
  }],
  ['edit_opportunity', '#/r/:Opportunity/edit'],
  ['clone_opportunity', '#/o/Opportunity/new?clone=:Opportunity'],
  ['conversion_fields_shown', '#/', async ({ page, say }) => {
    // Not the first one, which another screen gave to a queue.
    const { Id } = (await query(page, 'SELECT Id FROM Lead WHERE IsConverted = false LIMIT 5')).records.at(-1);
    await go(page, `#/r/${Id}`);
    await press(page, say('ui.record.convert'));
    const mapping = page.getByRole('switch', { name: say('ui.convert.mapping') });
    await mapping.focus({ timeout: 5000 });
    await pause(400);
    await mapping.click({ timeout: 5000 });
    await pause(300);
    await page.getByRole('switch').last().focus();
  }],
  // Tasks and events.
  ['feed_owners', '#/o/Task/feed?of=all', ({ page, say, size }) => press(page, say(size === 'phone' ? 'ui.list.menu' : 'ui.board.everyone'))],
  ['feed_snooze', '#/o/Task/feed?of=all', openSnooze],
  ['feed_pick', '#/o/Task/feed?of=all', async (at) => {
    await openSnooze(at);
    await item(at.page, new RegExp(`^${at.say('ui.feed.pick')}`)).click({ timeout: 5000 });
  }],
  ['feed_ticked', '#/o/Task/feed?of=all', async (at) => {
    await choose(at.page, at.say('ui.list.menu'), new RegExp(`^${at.say('ui.list.select')}`));
    await tick({ ...at, size: 'desktop' });
  }],
  ['next_snooze', '#/o/Task/feed?of=all&dialog=next', ({ page, say }) => press(page, say('ui.feed.snooze'))],
  ['event_repeats', '#/o/Event/new', async ({ page, say, size }) => {
    await page.getByRole('textbox', { name: say('label.field.Subject') }).or(page.getByRole('combobox', { name: say('label.field.Subject') })).first().fill('Pipeline review');
    await pick(page, say('label.field.Recurrence2PatternText'), say('ui.repeat.custom'), size === 'tablet' ? say('ui.repeat.custom').slice(0, 2) : '');
    await pick(page, say('ui.repeat.end'), say('ui.repeat.ends_on'));
  }],
  ['event_reminder', '#/o/Event/new', ({ page, say }) => press(page, say('ui.reminder.choose'))],
  ['calendar_item', '#/calendar?view=agenda', openWeekly],
  ['calendar_edit', '#/calendar?view=agenda', async (at) => { await openWeekly(at); await press(at.page, at.say('ui.record.edit')); }],
  ['calendar_delete', '#/calendar?view=agenda', async (at) => { await openWeekly(at); await press(at.page, at.say('ui.calendar.delete')); }],
  ['calendar_owners', '#/calendar?view=day', async ({ page }) => {
    const { records } = await query(page, 'SELECT Id FROM User LIMIT 3');
    await go(page, `#/calendar?view=day&of=${records.map(({ Id }) => Id).join(',')}`);
    await pause(500);
    await page.getByRole('button', { name: /3/ }).first().click({ timeout: 5000 });
  }],
  ['calendar_others', '#/calendar?view=week', async ({ page, size }) => {
    const { records } = await query(page, 'SELECT Id FROM User LIMIT 3');
    const day = inSomeDays(0).slice(0, 10);
    for (const [at, { Id }] of records.entries()) await create(page, 'Event', { Subject: ['Demo', 'Negotiation', 'Training'][at], OwnerId: Id, StartDateTime: `${day}T${12 + at}:00:00Z`, EndDateTime: `${day}T14:30:00Z` });
    await go(page, `#/calendar?view=${size === 'phone' ? 'day' : 'week'}&of=${records.map(({ Id }) => Id).join(',')}`);
  }],
  // Forecast.
  ['forecast_quotas', '#/forecast', async ({ page }) => {
    for (const [at, { Id }] of (await query(page, 'SELECT Id FROM User LIMIT 4')).records.entries()) await create(page, 'ForecastingQuota', { QuotaOwnerId: Id, StartDate: inSomeDays(0).slice(0, 8) + '01', PeriodType: 'Month', QuotaAmount: 40_000 + at * 35_000 });
    await pause(500);
  }],
  ['forecast_since', '#/forecast?since=week'],
  ['forecast_menu', '#/forecast', async (at) => {
    if (at.size !== 'phone') return rowMenu(at);
    await at.page.getByRole('button', { name: new RegExp(at.say('kit.more_for', '.+')) }).first().click({ timeout: 5000 });
  }],
  ['forecast_quota', '#/', async ({ page }) => go(page, `#/forecast?dialog=quota:${await first(page, 'User')}`)],
  ['forecast_override', '#/', async ({ page }) => go(page, `#/forecast?dialog=override:${await first(page, 'User')}:Commit`)],
  // Settings.
  ['routing_menu', '#/routing', ({ page, say }) => page.getByRole('button', { name: new RegExp(say('ui.routing.more', '.+')) }).first().click({ timeout: 5000 })],
  ['duplicate_rules_menu', '#/settings/duplicates', async ({ page, say }) => {
    await makeRules(page);
    await page.getByRole('button', { name: new RegExp(say('ui.routing.more', '.+')) }).first().click({ timeout: 5000 });
  }],
  ['web_answers', '#/web-to-lead', async ({ page, say }) => {
    const { records: [lead] } = await query(page, 'SELECT FirstName, LastName, Company, Email FROM Lead WHERE Email != null LIMIT 1');
    await page.getByRole('textbox', { name: say('ui.web.paste'), exact: true }).fill(`first_name,last_name,company,email\n${lead.FirstName},${lead.LastName},${lead.Company},${lead.Email}\nZoë,Müller,Müller & Söhne,zoe@example.com\n伟,王,北京科技,wang@example.cn\n,,Globex,hank at globex`);
    await press(page, say('ui.web.look'));
  }],
  ['bin_menu', '#/recycle-bin', async (at) => {
    await fillBin(at.page);
    await (at.size === 'phone' ? press(at.page, at.say('ui.list.menu')) : rowMenu(at));
  }],
  ['bin_remove', '#/recycle-bin', async ({ page, say, size }) => {
    await fillBin(page);
    await (size === 'phone' ? choose(page, say('ui.list.menu'), say('ui.bin.empty_all')) : press(page, say('ui.bin.empty_all')));
  }],
  ['bin_ticked', '#/recycle-bin', async (at) => {
    await fillBin(at.page);
    if (at.size === 'phone') await press(at.page, at.say('ui.record.restore'));
    await tick({ ...at, size: 'desktop' }, 2);
  }],
  // The frame.
  ['capture_doubts', '#/o/Lead', async ({ page, say }) => {
    await page.keyboard.press('l');
    await page.getByRole('textbox', { name: say('ui.capture.line') }).fill('Call with Xaver Unknown, quote 12k EUR by end of month');
  }],
  ['quick_lead_duplicate', '#/o/Lead', async ({ page, say }) => {
    const { records: [lead] } = await query(page, 'SELECT FirstName, LastName, Email FROM Lead WHERE IsConverted = false AND Email != null LIMIT 1');
    await page.keyboard.press('q');
    for (const field of ['FirstName', 'LastName', 'Email']) await page.getByRole('textbox', { name: say(`label.field.${field}`) }).fill(lead[field]);
  }],
  ['figures', '#/o/Lead', ({ page }) => page.keyboard.press('Control+Shift+F')],
  ['tooltip', '#/forecast', async ({ page }) => {
    await page.getByRole('table').or(page.getByRole('grid')).first().getByRole('link').nth(2).hover({ timeout: 5000 });
    await pause(700);
  }, ['desktop']],
  ['focus', '#/o/Lead', async ({ page }) => { for (let i = 0; i < 16; ++i) await page.keyboard.press('Tab'); }, ['desktop']],
  ['offline', '#/', async ({ page }) => {
    await page.context().setOffline(true);
    await pause(800);
  }],
  ['online', '#/', async ({ page }) => { await page.context().setOffline(false); await pause(300); }],
  ['reminder', '#/o/Lead', ({ page }) => remind(page, 1)],
  ['reminder_snooze', '#/', async ({ page, say }) => {
    await remind(page, 1);
    await page.getByRole('alertdialog').getByRole('button', { name: say('ui.feed.snooze') }).click({ timeout: 5000 });
  }],
  ['reminders', '#/o/Opportunity/board', ({ page }) => remind(page, 5)],
  ['reminder_feed', '#/o/Task/feed?of=all', async (at) => {
    await remind(at.page, 1);
    await choose(at.page, at.say('ui.list.menu'), new RegExp(`^${at.say('ui.list.select')}`));
    await tick({ ...at, size: 'desktop' }, 2);
  }],
];
