// axe-core in the page, past the page's policy (which forbids foreign scripts): the rules' source goes in by the
// browser's own debugging door.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(import.meta.resolve('axe-core/axe.min.js'));

export async function findViolations(page) {
  await page.evaluate(await readFile(source, 'utf8') + '\n;0');
  const { violations } = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'best-practice'] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
