// Every screen of the page as a picture, to be looked at: node tests/e2e/screens.mjs FOLDER [--size=phone]
// [--theme=dark] [--language=zh] [--dpr=2] [--density=compact] [--screen=home,lead]. Without options the whole matrix:
// three sizes, two themes, two languages, two pixel ratios. Not part of the test suite: eyes judge, not assertions. A screen
// that can't be reached is said aloud, and the exit code tells it.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApp, query, ready, root, until } from './support.mjs';

const sizes = {
  desktop: { viewport: { width: 1440, height: 900 } },
  tablet: { viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};
const locales = { en: 'en-US', zh: 'zh-CN' };

const folder = process.argv[2];
if (!folder || folder.startsWith('--')) throw new Error('give a folder for the pictures');
const options = Object.fromEntries(process.argv.slice(3).map((word) => word.replace(/^--/, '').split('=')));
const chosen = (name, all) => (options[name] ? options[name].split(',') : all);

// Texts by key, so that each screen is found in each language.
function textsOf(language) {
  const source = readFileSync(join(root, `core/base/messages_${language}.inc`), 'utf8');
  const texts = new Map([...source.matchAll(/^M\("([^"]+)", "((?:[^"\\]|\\.)*)"\)/gm)].map(([, key, text]) => [key, text]));
  return (key, ...parts) => texts.get(key).replace(/\{(\d)\}/g, (_, index) => parts[index] ?? '');
}

const csv = `Company;First;Last;E-Mail;Status;Number of staff;Created
Müller & Söhne;Zoë;Müller;zoe@example.com;open;120;31.12.2025
北京科技;伟;王;wang@example.cn;Working;48;02.03.2026
Acme;Ann;Meyer;ann at acme;contacted;many;14.04.2026
Globex;Hank;Scorpio;hank@globex.example;open;5;15.04.2026
`;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
const button = (page, name) => page.getByRole('button', { name, exact: true }).first();
// The focus brings into view what lies further down.
async function press(page, name) {
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

// [name, address, what is done there]. An address may ask for the id of a sample record by its object.
const screens = [
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
  ['list_columns', '#/o/Lead', ({ page, say }) => press(page, say('ui.list.columns'))],
  ['list_selected', '#/o/Lead', ({ page, say }) => page.getByRole('checkbox', { name: say('kit.select_all') }).click({ timeout: 5000 })],
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
  ['form_lookup', '#/o/Opportunity/new', ({ page, say }) => page.getByRole('combobox', { name: say('label.Opportunity.AccountId') }).click({ timeout: 5000 })],
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
  ['duplicate_rules', '#/settings/duplicates', ({ page }) => page.evaluate(async () => {
    const make = (fields) => window.outpost.execute({ command: 'CreateRecord', object: 'DuplicateRule', fields });
    await make({ Name: 'Same post', AppliesTo: 'People', Comparisons: 'Similar Last Name;Title;City' });
    return make({ Name: 'One site', AppliesTo: 'Accounts', Comparisons: 'Website' });
  })],
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
  ['recycle_bin', '#/recycle-bin', async ({ page }) => {
    await page.evaluate(async () => {
      const { records } = await window.outpost.query('SELECT Id FROM Opportunity LIMIT 3');
      await window.outpost.execute({ command: 'DeleteRecords', object: 'Opportunity', ids: records.map(({ Id }) => Id) });
      const contact = (await window.outpost.query('SELECT Id FROM Contact LIMIT 1')).records[0].Id;
      return window.outpost.execute({ command: 'DeleteRecord', object: 'Contact', id: contact });
    });
  }],
  ['field_history', '#/r/:Opportunity', async ({ page, say }) => {
    await page.evaluate(async () => {
      const id = location.hash.slice(4).split('?')[0];
      await window.outpost.execute({ command: 'UpdateRecord', object: 'Opportunity', id, fields: { NextStep: 'Send the offer', Amount: 12500 } });
      await window.outpost.execute({ command: 'Undo' });
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
];

async function photograph(setting) {
  const { size, theme, language, dpr, density } = setting;
  const say = textsOf(language);
  const missed = [];
  const app = await openApp({
    ...sizes[size], colorScheme: theme, locale: locales[language], deviceScaleFactor: Number(dpr), reducedMotion: 'reduce', timezoneId: 'Europe/Zurich',
  });
  const { page } = app;
  const name = (screen) => join(folder, [size, theme, language, `${dpr}x`, ...(density === 'compact' ? ['compact'] : []), screen].join('-') + '.png');
  const wanted = new Set(chosen('screen', ['home_first', 'list_empty', 'other_tab', ...screens.map(([screen]) => screen)]));
  const shoot = async (screen, path, act) => {
    if (!wanted.has(screen)) return;
    try {
      await page.goto(`${app.address}${path}`);
      if (act) await page.reload();     // what was left open is gone
      await ready(page);
      await pause(250);
      await act?.({ page, say, size });
    } catch (error) {
      missed.push(`${name(screen)}: ${String(error).split('\n')[0]}`);
    }
    await pause(400);
    await page.screenshot({ path: name(screen) });
  };
  if (density === 'compact') await page.evaluate(() => localStorage.setItem('outpost.density', 'compact'));
  await shoot('home_first', '#/');
  await shoot('list_empty', '#/o/Lead');
  if ([...wanted].some((screen) => !['home_first', 'list_empty'].includes(screen))) {
    await page.goto(`${app.address}#/`);
    await page.reload();
    await ready(page);
    await press(page, say('ui.sample.try'));
    await until(async () => (await query(page, 'SELECT COUNT() FROM Opportunity')).totalSize > 0, 'the sample data');
    const ids = {};
    for (const object of ['Lead', 'Account', 'Contact', 'Opportunity', 'Task', 'Event']) {
      const where = object === 'Account' ? 'WHERE ParentId != NULL' : object === 'Lead' ? 'WHERE IsConverted = false' : object === 'Opportunity' ? 'WHERE IsClosed = false' : '';
      ids[object] = ((await query(page, `SELECT Id FROM ${object} ${where} ORDER BY CreatedDate LIMIT 1`)).records ?? [])[0]?.Id;
    }
    for (const [screen, path, act] of screens) await shoot(screen, path.replace(/:(\w+)/, (_, object) => ids[object]), act);
    if (wanted.has('other_tab')) {
      const second = await app.browser.newPage();
      await second.goto(app.address);
      await pause(1200);
      await second.screenshot({ path: name('other_tab') });
    }
  }
  await app.close({ expected: [/.*/] });
  return missed;
}

mkdirSync(folder, { recursive: true });
const missed = [];
for (const size of chosen('size', Object.keys(sizes)))
  for (const theme of chosen('theme', ['light', 'dark']))
    for (const language of chosen('language', Object.keys(locales)))
      for (const dpr of chosen('dpr', ['1', '2'])) missed.push(...(await photograph({ size, theme, language, dpr, density: options.density })));
for (const line of missed) console.log(`not reached: ${line}`);
process.exitCode = missed.length > 0 ? 1 : 0;
