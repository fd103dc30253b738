// Quick log through the page, by role and name: a line in English on a desktop, one in Chinese on a phone.
import assert from 'node:assert/strict';
import test from 'node:test';
import { execute, openApp, query, until } from './support.mjs';

async function make(page, object, fields) {
  const answer = await execute(page, { command: 'CreateRecord', object, fields });
  assert.equal(answer.ok, true, JSON.stringify(answer));
  return answer.id;
}
const count = async (page, from) => (await query(page, `SELECT Id FROM ${from}`)).totalSize;

test('capture: a call, an offer and a follow-up in one line, one edit and one undo', { timeout: 120_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const AccountId = await make(page, 'Account', { Name: 'Acme' });
  const contact = await make(page, 'Contact', { FirstName: 'Ann', LastName: 'Meyer', AccountId });
  await make(page, 'Opportunity', { Name: 'Turbines', StageName: 'Prospecting', CloseDate: '2030-12-31', Amount: 5000, AccountId });
  await page.goto(`${app.address}#/r/${contact}`);
  await page.getByRole('heading', { name: 'Ann Meyer', level: 1 }).waitFor();
  await page.keyboard.press('l');
  const line = page.getByRole('textbox', { name: 'What happened, and what comes next?' });
  await line.waitFor();
  await page.keyboard.type('Call with Ann, quote 12k by 30 Sep 2031, follow up tomorrow 10:00');
  const group = page.getByRole('group', { name: 'Will be saved' });
  await group.getByRole('checkbox', { name: 'Log: Call' }).waitFor();
  await group.getByRole('checkbox', { name: 'Change “Turbines”' }).waitFor();
  await group.getByRole('checkbox', { name: 'Task' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await until(async () => await count(page, "Task WHERE Who.Name = 'Ann Meyer' AND What.Name = 'Turbines'") === 2, 'the call and the task');
  assert.equal(await count(page, 'Opportunity WHERE Amount = 12000 AND CloseDate = 2031-09-30'), 1);
  assert.equal(await count(page, 'Task WHERE ActivityDate = TOMORROW AND ReminderDateTime != null AND IsClosed = false'), 1);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await until(async () => await count(page, 'Task') === 0 && await count(page, 'Opportunity WHERE Amount = 5000') === 1, 'the undo');
  await app.close();
});

test('capture: in Chinese on a phone, by touch', { timeout: 120_000 }, async (t) => {
  const app = await openApp({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN' });
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const AccountId = await make(page, 'Account', { Name: '华为技术有限公司' });
  await make(page, 'Contact', { LastName: '张伟', AccountId });
  assert.equal((await query(page, 'SELECT Name FROM User')).records[0].Name, '我', 'the first user is named in the page\'s language');
  await page.goto(`${app.address}#/`);
  await page.getByRole('button', { name: '新建记录' }).tap();
  await page.getByRole('menuitem', { name: '快速记录' }).tap();
  await page.getByRole('textbox', { name: '发生了什么，接下来做什么？' }).fill('与张伟通话，报价12万，明天上午10点跟进');
  await page.getByRole('checkbox', { name: '新建商机' }).waitFor();
  await page.getByRole('button', { name: '保存', exact: true }).tap();
  await until(async () => await count(page, "Opportunity WHERE Amount = 120000 AND Account.Name = '华为技术有限公司'") === 1, 'the opportunity');
  assert.equal(await count(page, "Task WHERE Who.Name = '张伟'"), 2);
  await app.close();
});

test('capture: a script gets the commands and may run them', { timeout: 60_000 }, async (t) => {
  const app = await openApp();
  t.after(() => app.close().catch(() => {}));
  const { page } = app;
  const about = await make(page, 'Account', { Name: 'Acme' });
  const answer = await page.evaluate((id) => globalThis.outpost.call('capture', { text: 'call back in 3 days', about: id }), about);
  assert.equal(answer.account, about);
  assert.equal(answer.commands.length, 1);
  assert.equal((await execute(page, { command: 'Batch', commands: answer.commands })).ok, true);
  assert.equal(await count(page, "Task WHERE What.Name = 'Acme' AND ActivityDate = NEXT_N_DAYS:3"), 1);
  await app.close();
});
