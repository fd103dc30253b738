// The page's own work by frame (wasm, drawing calls, the elements over the canvas), from the browser's own trace: each
// animation-frame callback with the time that passed and, of that, the processor time that the page's thread had. They differ
// where the machine has fewer cores than the browser has busy threads: a software renderer takes whole cores.

const categories = ['devtools.timeline', 'toplevel', 'blink.user_timing'];

// The trace of what the page does while `action` runs, as { frames, tasks }: lists of { step, wall, cpu } in ms, where `step` is
// how many times `mark` had been called by then. `action` gets `mark`. Tasks are the main thread's, frames among them.
async function traced(page, action) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories, excludedCategories: ['*'] } });
  await action(() => page.evaluate(() => performance.mark('bench-step')));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const frames = events.filter(({ name }) => name === 'FireAnimationFrame');
  const marks = events.filter(({ name }) => name === 'bench-step').map(({ ts }) => ts).sort((a, b) => a - b);
  const main = new Set(frames.map(({ pid, tid }) => `${pid}/${tid}`));
  const of = (list) => list.filter(({ pid, tid, dur }) => dur !== undefined && main.has(`${pid}/${tid}`))
    .map(({ ts, dur, tdur }) => ({ step: marks.filter((mark) => mark <= ts).length, wall: dur / 1000, cpu: (tdur ?? dur) / 1000 }));
  return { frames: of(frames), tasks: of(events.filter(({ name }) => name === 'ThreadControllerImpl::RunTask' || name === 'RunTask')) };
}

// "worst" is the largest, "p50" the middle one and so on.
function summary(list, of = 'frames') {
  const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(2) ?? '-';
  const line = (what) => {
    const sorted = list.map((one) => one[what]).sort((a, b) => a - b);
    return `p50 ${at(sorted, 0.5)}, p90 ${at(sorted, 0.9)}, p99 ${at(sorted, 0.99)}, worst ${at(sorted, 1)}`;
  };
  return `${list.length} ${of}, processor ms: ${line('cpu')} (passed ms: ${line('wall')})`;
}

const longTasks = (tasks) => {
  const long = tasks.filter(({ wall }) => wall >= 50).map(({ wall }) => wall.toFixed(0));
  return long.length === 0 ? '' : `; tasks over 50 ms: ${long.join(', ')}`;
};

// Prints what the frames cost while `action` runs, once the page has come to rest.
export async function measure(page, what, action, { rest = 1500 } = {}) {
  await page.waitForTimeout(rest);
  const { frames, tasks } = await traced(page, async () => { await action(); await page.waitForTimeout(300); });
  console.log(`${what}: ${summary(frames)}${longTasks(tasks)}`);
}

// Prints what some steps cost: of each, the dearest frame that it causes. With `each`, also step by step.
export async function measureSteps(page, what, actions, { each = process.env.STEPS } = {}) {
  await page.waitForTimeout(1500);
  const { frames, tasks } = await traced(page, async (mark) => {
    for (const action of actions) {
      await mark();
      await action();
      await page.waitForTimeout(250);
    }
  });
  const dearest = (list, by) => actions.map((_, i) => Math.max(0, ...list.filter(({ step }) => step === i + 1).map((one) => one[by])));
  const [cpu, wall] = ['cpu', 'wall'].map((by) => dearest(frames, by));
  console.log(`${what}, the dearest frame of each step: ${summary(cpu.map((one, i) => ({ cpu: one, wall: wall[i] })), 'steps')}${longTasks(tasks)}`);
  if (each) console.log(`  ${cpu.map((one, i) => `${one.toFixed(1)} (${wall[i].toFixed(1)})`).join('  ')}`);
}
