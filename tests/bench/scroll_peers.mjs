// A list scrolled beside two others: Outpost's opportunities, AG Grid Community and TanStack Virtual show the same rows, columns
// and size in the same Chromium and get the same turns of the wheel at the same times.
//   OUTPOST_SITE=build/site node tests/bench/scroll_peers.mjs [records] [--rounds=2] [--steps=240]
// Printed for each: the main thread's time by frame (of what it ran, from Chromium's trace; busy and on the processor), the time from
// frame to frame, frames that were left out, and the processor time of the whole browser, which draws without a GPU here.
// The others come from npm when this is run. Numbers depend on the machine: no test.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeProfile, openApp, query, ready, until } from '../e2e/support.mjs';
import { fetchPackages } from './packages.mjs';

const options = Object.fromEntries(process.argv.slice(2).filter((word) => word.startsWith('--')).map((word) => word.slice(2).split('=')));
const records = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 100_000);
const [rounds, steps] = [Number(options.rounds ?? 2), Number(options.steps ?? 240)];
const interval = 1000 / 60;
const passes = [['wheel by wheel, first time', 100], ['wheel by wheel, again', -100], ['fast, first time', 900], ['fast, again', -900]];
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

// Serves a page for each peer, their packages and the rows.
function servePeers(data) {
  const folders = [['/packages/', fetchPackages()], ['/', fileURLToPath(new URL('scroll_peers', import.meta.url))]];
  const page = (script) => `<!doctype html><meta charset=utf-8><title>${script}</title><link rel=icon href=data:,><body style="margin:0">`
    + `<script type=importmap>{"imports":{"ag-stack":"/packages/ag-stack/dist/package/main.esm.min.mjs"}}</script>`
    + `<script>window.process = { env: { NODE_ENV: 'production' } }</script><script type=module src=${script}.mjs></script>`;
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://local').pathname;
    const send = (type, body) => response.writeHead(200, { 'Content-Type': type }).end(body);
    if (path === '/data.json') return send('application/json', JSON.stringify(data));
    if (path.endsWith('.html')) return send('text/html', page(path.slice(1, -5)));
    const [prefix, folder] = folders.find(([start]) => path.startsWith(start));
    try {
      return send('text/javascript', readFileSync(join(folder, path.slice(prefix.length))));
    } catch {
      return response.writeHead(404).end();
    }
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done({ address: `http://127.0.0.1:${server.address().port}/`, close: () => (server.closeAllConnections(), server.close()) })));
}

// Marks every frame, for the trace and for the times between them.
const markFrames = () => {
  window.frameStamps = [];
  const mark = (time) => {
    performance.mark('bench-frame');
    window.frameStamps.push(time);
    requestAnimationFrame(mark);
  };
  requestAnimationFrame(mark);
};

// Processor time that the browser's processes have taken until now, ms.
function browserTime(folder) {
  let ticks = 0;
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(folder)) continue;
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').split(') ')[1].split(' ');
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch { /* it had just ended */ }
  }
  return ticks * 10;
}

// The main thread's tasks from mark to mark: ms of the clock and of the processor for each frame.
function workByFrame(events) {
  const marks = events.filter(({ name }) => name === 'bench-frame').sort((a, b) => a.ts - b.ts);
  const [{ pid, tid }] = marks;
  const tasks = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && /RunTask$/.test(event.name)).sort((a, b) => a.ts - b.ts);
  const frames = marks.slice(1).map(() => ({ busy: 0, processor: 0 }));
  let [frame, end] = [0, 0];
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    if (ts < end || ts < marks[0].ts) continue;     // inside of another, or before
    end = ts + dur;
    while (frame < frames.length && ts >= marks[frame + 1].ts) frame++;
    if (frame === frames.length) break;
    frames[frame].busy += dur / 1000;
    frames[frame].processor += tdur / 1000;
  }
  return frames;
}

// Turns the wheel at fixed times, whether or not the page keeps up, and answers what that took.
async function scroll({ page, session, profile }, step, firstRow) {
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', 'blink.user_timing'], excludedCategories: ['*'] } });
  await page.evaluate(() => { window.frameStamps.length = 0; });
  const [before, started] = [browserTime(profile.folder), performance.now()];
  const sent = [];
  for (let i = 0; i < steps; i++) {
    await pause(Math.max(0, started + i * interval - performance.now()));
    sent.push(session.send('Input.dispatchMouseEvent', { type: 'mouseWheel', x: 700, y: 500, deltaX: 0, deltaY: step }));
  }
  await Promise.all(sent);
  const stamps = await page.evaluate(() => window.frameStamps.slice());
  const all = browserTime(profile.folder) - before;
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.end');
  await complete;
  session.removeAllListeners('Tracing.dataCollected');
  const gaps = stamps.slice(1).map((stamp, index) => stamp - stamps[index]);
  const frames = workByFrame(events).slice(0, gaps.length);
  let [last, reached] = [-1, await page.evaluate(firstRow)];
  while (reached !== last) {
    await pause(500);
    [last, reached] = [reached, await page.evaluate(firstRow)];
  }
  return { reached, busy: frames.map((frame) => frame.busy), processor: frames.map((frame) => frame.processor), gaps, all: all / gaps.length,
    dropped: gaps.reduce((sum, gap) => sum + Math.max(0, Math.round(gap / interval) - 1), 0) };
}

// The list's columns, sizes and rows in the app, for the others.
async function dataOf(page) {
  const look = await page.evaluate(() => {
    const grid = document.querySelector('[role=grid]');
    const { x, y, width, height } = grid.getBoundingClientRect();
    const [header, first] = grid.querySelectorAll('[role=row]');
    const columns = [...header.querySelectorAll('[role=columnheader]')].slice(1)
      .map((column) => ({ name: column.getAttribute('aria-label'), width: column.getBoundingClientRect().width }));
    const heightOf = (element) => element.getBoundingClientRect().height;
    return { box: { x, y, width, height }, columns, headerHeight: heightOf(header), rowHeight: heightOf(first) };
  });
  const answer = await query(page, 'SELECT Name, Account.Name, StageName, Amount, CloseDate, Owner.Name FROM Opportunity ORDER BY CloseDate');
  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' });
  const values = {
    'Opportunity Name': (row) => row.Name, Account: (row) => row.Account?.Name ?? '', Stage: (row) => row.StageName,
    Amount: (row) => (row.Amount === null ? '' : money.format(row.Amount)), 'Close Date': (row) => day.format(new Date(row.CloseDate)),
    'Opportunity Owner': (row) => row.Owner?.Name ?? '',
  };
  const other = look.columns.filter(({ name }) => !values[name]);
  if (look.columns.length < 5 || other.length > 0) throw new Error(`the list has other columns than expected: ${look.columns.map(({ name }) => name)}`);
  const rows = answer.records.map((row) => look.columns.map(({ name }) => values[name](row)));
  return { ...look, rows };
}

const firstRowOfApp = () => Number([...document.querySelectorAll('[role=grid] [role=row]')].map((row) => [row.getBoundingClientRect(), row.getAttribute('aria-rowindex')])
  .filter(([{ bottom }, index]) => index > 1 && bottom > document.querySelector('[role=grid]').getBoundingClientRect().top + 37)[0][1]) - 2;

const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const shares = [0.5, 0.9, 0.99];
const quantiles = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return shares.map((share) => at(sorted, share));
};
const row = (...cells) => console.log(cells.map((cell, index) => (index === 0 ? String(cell).padEnd(12) : String(cell).padStart(25))).join(''));
const three = (numbers, digits = 2) => numbers.map((number) => number.toFixed(digits)).join(' / ');

function print(lists, results) {
  for (const [index, [what, step]] of passes.entries()) {
    const parts = lists.map(([name]) => ({ name, runs: results.get(name).map((round) => round[index]) })).map(({ name, runs }) => ({
      name, busy: quantiles(runs.flatMap((run) => run.busy)), processor: quantiles(runs.flatMap((run) => run.processor)), gaps: quantiles(runs.flatMap((run) => run.gaps)),
      frames: runs.reduce((sum, run) => sum + run.gaps.length, 0), dropped: runs.reduce((sum, run) => sum + run.dropped, 0), all: runs.reduce((sum, run) => sum + run.all, 0) / runs.length }));
    console.log(`\n${what} (${steps} turns of ${step} px, ${rounds} rounds); p50 / p90 / p99, ms`);
    row('', 'main thread busy', 'on the processor', 'from frame to frame', 'dropped of all', 'whole browser a frame');
    for (const { name, busy, processor, gaps, frames, dropped, all } of parts)
      row(name, three(busy), three(processor), three(gaps, 1), `${dropped} of ${frames + dropped}`, all.toFixed(1));
    const [ours, ...others] = parts;
    for (const other of others)
      row(`/ ${other.name}`, ...['busy', 'processor', 'gaps'].map((key) => three(ours[key].map((value, i) => value / other[key][i]))), '', (ours.all / other.all).toFixed(2));
  }
}

const profile = await makeProfile();
const app = await openApp({ open: false, profile });
const { page } = app;
let peers;
try {
  const session = await app.browser.newCDPSession(page);
  await page.goto(app.address);
  await ready(page);
  await page.evaluate((opportunities) => window.outpost.call('generate', { opportunities, seed: 7 }), records);
  const ours = `${app.address}#/o/Opportunity?state=all`;
  await page.goto(ours);
  await until(() => page.getByRole('grid').getByRole('row').nth(5).count(), 'rows');
  await pause(2000);
  const data = await dataOf(page);
  peers = await servePeers(data);
  const lists = [['Outpost', ours], ['AG Grid', `${peers.address}ag_grid.html`], ['TanStack', `${peers.address}tanstack.html`]];
  console.log(`${data.rows.length} rows of ${data.rowHeight} px, ${data.columns.length} columns, ${data.box.width} x ${data.box.height} px; ${app.browser.browser()?.version() ?? ''}`);
  const results = new Map(lists.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, address] of lists) {
      await page.goto('about:blank');
      await page.goto(address);
      await until(() => page.evaluate(() => window.shown || document.querySelectorAll('[role=grid] [role=row]').length > 5), `the rows of ${name}`);
      await pause(2500);
      await page.mouse.move(700, 500);
      await page.evaluate(markFrames);
      const runs = [];
      for (const [, step] of passes) runs.push(await scroll({ page, session, profile }, step, name === 'Outpost' ? firstRowOfApp : () => window.firstRow()));
      results.get(name).push(runs);
      console.log(`round ${round + 1}, ${name}: first row after each pass ${runs.map(({ reached }) => reached).join(', ')}`);
    }
  }
  print(lists, results);
} finally {
  await app.close({ expected: [/^foreign request: http:\/\/127\.0\.0\.1/] });
  peers?.close();
  await profile.remove();
}
