// The page's own work by frame (wasm, drawing calls, the elements over the canvas), as its animation-frame callbacks took it.

// Before the page's scripts: times every animation-frame callback.
export const timeFrames = () => {
  window.frameTimes = [];
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => ask((time) => {
    const start = performance.now();
    callback(time);
    window.frameTimes.push(performance.now() - start);
  });
};

export function summary(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]?.toFixed(2) ?? '-';
  return `${times.length} frames, p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`;
}

// Prints what the frames cost while `action` runs, once the page has come to rest.
export async function measure(page, what, action) {
  await page.waitForTimeout(1500);
  await page.evaluate(() => { window.frameTimes.length = 0; });
  await action();
  await page.waitForTimeout(300);
  console.log(`${what}: ${summary(await page.evaluate(() => window.frameTimes))}`);
}
